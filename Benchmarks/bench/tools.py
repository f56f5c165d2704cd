"""The tools of the comparison: how each lays its project out, applies it, and says where it stands."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import generate
from .server import Server, binaries

ALEMBIC_ENV = """
from alembic import context
from sqlalchemy import create_engine
engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
"""


@dataclass
class Tool:
    """A migration tool under measurement."""

    name: str
    binary: Path | None
    version_option: tuple = ("--version",)

    def project(self, root: Path, count: int) -> Path:
        """Writes its project, once for each size."""
        directory = root / f"{self.name.split(' ')[0]}-{count}"
        if not directory.exists():
            self.write(directory, count)
        return directory

    def write(self, directory: Path, count: int) -> None:
        generate.write_project(directory, count)

    def apply(self, project: Path, url: str) -> list:
        raise NotImplementedError

    def status(self, project: Path, url: str) -> list | None:
        return None

    def other_works(self, project: Path, url: str) -> dict[str, list]:
        """Other commands that are measured where everything is applied, by name."""
        return {}

    def url(self, server: Server, database: str, port: int | None) -> str:
        return server.url(database, port)

    @property
    def version(self) -> str:
        """What it calls itself, in one line."""
        if self.binary is None:
            return "not installed"
        done = subprocess.run([self.binary, *self.version_option], capture_output=True, text=True, check=False)
        lines = (done.stdout + done.stderr).strip().splitlines()
        return lines[0] if lines else "of unknown version"


class Floor(Tool):
    """The limit: one psql session that sends each migration as one message."""

    def write(self, directory: Path, count: int) -> None:
        generate.write_project(directory, count)
        generate.write_floor(directory / "floor.psql", count)

    def apply(self, project: Path, url: str) -> list:
        return [self.binary, "-X", "-q", "-v", "ON_ERROR_STOP=1", url, "-f", project / "floor.psql"]

    def status(self, project: Path, url: str) -> list:
        script = f"sha256sum {project}/*.sql >/dev/null; {self.binary} -XAtq '{url}' -c 'SELECT id FROM floor_history'"
        return ["sh", "-c", script]


class Signalbox(Tool):
    def apply(self, project: Path, url: str) -> list:
        return [self.binary, "apply", "--project", project, "--database", url, "--yes"]

    def status(self, project: Path, url: str) -> list:
        return [self.binary, "status", "--from-history", "--project", project, "--database", url]

    def other_works(self, project: Path, url: str) -> dict[str, list]:
        return {
            "signalbox, apply with nothing to do": self.apply(project, url),
            "signalbox, status with evidence": [self.binary, "status", "--project", project, "--database", url],
        }


class Dbmate(Tool):
    def write(self, directory: Path, count: int) -> None:
        generate.write_project(directory, count, "-- migrate:up\n", "\n-- migrate:down\n")

    def _command(self, project: Path, url: str, verb: str) -> list:
        return [self.binary, "--no-dump-schema", "--url", url, "--migrations-dir", project, verb]

    def apply(self, project: Path, url: str) -> list:
        return self._command(project, url, "migrate")

    def status(self, project: Path, url: str) -> list:
        return self._command(project, url, "status")


class Sqlx(Tool):
    def apply(self, project: Path, url: str) -> list:
        return [self.binary, "migrate", "run", "--no-dotenv", "--source", project, "--database-url", url]

    def status(self, project: Path, url: str) -> list:
        return [self.binary, "migrate", "info", "--no-dotenv", "--source", project, "--database-url", url]


class SqlMigrate(Tool):
    """Reads its address from a file, which is written anew for each run."""

    def write(self, directory: Path, count: int) -> None:
        generate.write_project(directory, count, "-- +migrate Up\n", "\n-- +migrate Down\n")

    def _command(self, project: Path, url: str, verb: str) -> list:
        configuration = project / "dbconfig.yml"
        configuration.write_text(f"development:\n  dialect: postgres\n  datasource: {url}\n  dir: {project}\n")
        return [self.binary, verb, f"-config={configuration}"]

    def apply(self, project: Path, url: str) -> list:
        return self._command(project, url, "up")

    def status(self, project: Path, url: str) -> list:
        return self._command(project, url, "status")


class Alembic(Tool):
    """With a transaction for each migration, as the others have it."""

    def url(self, server: Server, database: str, port: int | None) -> str:
        return server.url(database, port, scheme="postgresql+psycopg2")

    def write(self, directory: Path, count: int) -> None:
        (directory / "versions").mkdir(parents=True)
        (directory / "env.py").write_text(ALEMBIC_ENV)
        (directory / "script.py.mako").write_text("")
        for number in range(1, count + 1):
            previous = repr(f"r{number - 1:05d}") if number > 1 else "None"
            body = "".join(f'    op.execute("""{text}""")\n' for text in generate.statements(number))
            (directory / "versions" / f"r{number:05d}.py").write_text(
                f"from alembic import op\nrevision = 'r{number:05d}'\ndown_revision = {previous}\n"
                f"def upgrade():\n{body}\ndef downgrade():\n    pass\n")

    def _command(self, project: Path, url: str, *verb: str) -> list:
        configuration = project / "alembic.ini"
        configuration.write_text(f"[alembic]\nscript_location = {project}\nsqlalchemy.url = {url}\n")
        return [self.binary, "-c", configuration, *verb]

    def apply(self, project: Path, url: str) -> list:
        return self._command(project, url, "upgrade", "head")

    def status(self, project: Path, url: str) -> list:
        return self._command(project, url, "current")


class Yoyo(Tool):
    """Has no `--version`; its package knows."""

    @property
    def version(self) -> str:
        ask = "import importlib.metadata as m; print('yoyo-migrations', m.version('yoyo-migrations'))"
        done = subprocess.run([self.binary.with_name("python"), "-c", ask], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def apply(self, project: Path, url: str) -> list:
        return [self.binary, "apply", "--batch", "--no-config-file", "-d", url, project]

    def status(self, project: Path, url: str) -> list:
        return [self.binary, "list", "--no-config-file", "-d", url, project]


class Sqitch(Tool):
    """Its plan is written by hand: `sqitch add` would start it once for each migration."""

    def url(self, server: Server, database: str, port: int | None) -> str:
        return f"db:pg://{server.user}@127.0.0.1:{port or server.port}/{database}"

    def write(self, directory: Path, count: int) -> None:
        (directory / "deploy").mkdir(parents=True)
        (directory / "sqitch.conf").write_text("[core]\n\tengine = pg\n[user]\n\tname = Bench\n\temail = bench@example.org\n")
        plan = "%syntax-version=1.0.0\n%project=bench\n\n"
        for number in range(1, count + 1):
            change = f"item_{number:05d}"
            plan += f"{change} 2020-01-01T00:00:00Z Bench <bench@example.org> # {change}\n"
            (directory / "deploy" / f"{change}.sql").write_text("BEGIN;\n" + generate.script(number) + "COMMIT;\n")
        (directory / "sqitch.plan").write_text(plan)

    def apply(self, project: Path, url: str) -> list:
        return [self.binary, "--chdir", project, "deploy", "--no-verify", url]

    def status(self, project: Path, url: str) -> list:
        return [self.binary, "--chdir", project, "status", url]


def find(name: str, places: list[Path]) -> Path | None:
    """A program in one of the places, else on the PATH."""
    for place in places:
        if (place / name).exists():
            return place / name
    found = shutil.which(name)
    return Path(found) if found else None


def every_tool(signalbox: Path, peers: Path) -> list[Tool]:
    """All tools, installed or not, the limit first."""
    # Debian's /usr/bin/psql is a script that looks for the real one, which takes longer than the work.
    clients = [binaries()]
    places = [peers / "venv" / "bin", peers / "debian" / "usr" / "bin"]
    return [
        Floor("the limit", find("psql", clients)),
        Signalbox("signalbox", signalbox),
        Sqlx("sqlx", find("sqlx", places)),
        Dbmate("dbmate", find("dbmate", places)),
        SqlMigrate("sql-migrate", find("sql-migrate", places)),
        Alembic("alembic", find("alembic", places)),
        Yoyo("yoyo", find("yoyo", places), ("--help",)),
        Sqitch("sqitch", find("sqitch", places)),
    ]
