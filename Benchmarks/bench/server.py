"""A private PostgreSQL on TCP loopback, without fsync: what is measured is the tools, not the disk."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path


def binaries() -> Path:
    """Where `postgres` is: $SIGNALBOX_POSTGRES_BIN, else Debian's newest."""
    given = os.environ.get("SIGNALBOX_POSTGRES_BIN")
    if given:
        return Path(given)
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise SystemExit("no PostgreSQL server found: install `postgresql`, or set SIGNALBOX_POSTGRES_BIN")
    return found[-1]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """Starts with `with`; stopped and removed at its end. Unprivileged even when started as root."""

    user = "postgres"

    def __enter__(self) -> "Server":
        self.bin = binaries()
        self.root = Path(tempfile.mkdtemp(prefix="signalbox-bench-"))
        self.port = free_port()
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.root, account.pw_uid, account.pw_gid)
        data = self.root / "data"
        self._run([self.bin / "initdb", "-D", data, "-A", "trust", "-U", self.user, "-E", "UTF8", "--locale=C.UTF-8"])
        command = [
            self.bin / "postgres", "-D", data, "-p", str(self.port), "-k", self.root,
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "full_page_writes=off",
            "-c", "autovacuum=off", "-c", "max_wal_size=4GB", "-c", "shared_buffers=256MB",
        ]
        with open(self.root / "log", "wb") as log:
            self.process = subprocess.Popen(self._demoted(command), stdout=log, stderr=log, cwd="/")
        for _ in range(200):
            if subprocess.run(
                [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False
            ).returncode == 0:
                return self
            time.sleep(0.05)
        raise SystemExit("PostgreSQL did not start: " + (self.root / "log").read_text())

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def _demoted(self, command: list) -> list[str]:
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        return prefix + [str(part) for part in command]

    def _run(self, command: list) -> None:
        done = subprocess.run(self._demoted(command), capture_output=True, text=True, cwd="/", check=False)
        if done.returncode != 0:
            raise SystemExit(done.stderr)

    def url(self, database: str, port: int | None = None, scheme: str = "postgresql") -> str:
        return f"{scheme}://{self.user}@127.0.0.1:{port or self.port}/{database}?sslmode=disable"

    def psql(self, database: str, sql: str) -> str:
        """Runs SQL and gives what it answers."""
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.url(database), "-f", "-"],
            input=sql, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return done.stdout.strip()

    def fresh(self, database: str) -> None:
        """Makes a database anew."""
        self.psql("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE);\nCREATE DATABASE {database};")
