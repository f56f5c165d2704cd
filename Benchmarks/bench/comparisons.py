"""What is measured: each function runs ours and theirs in turn and gives a table."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import console, generate
from .measure import CommandFailed, Sample, Series, interleaved, run
from .proxy import DelayProxy
from .server import Server
from .tools import Tool, find


@dataclass
class Table:
    """One table of the document."""

    title: str
    heading: list[str]
    rows: list[list[str]]
    notes: list[str]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def seconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms" if value >= 0.01 else f"{value * 1000:.1f} ms"


def ratio(value: float | None, floor: float | None) -> str:
    return "–" if value is None or not floor else f"{value / floor:.2f}"


def problems(results: dict[str, Series]) -> list[str]:
    return [f"{name} could not be measured: {series.problem}" for name, series in results.items() if series.problem]


@dataclass
class Bench:
    """The world of one run: a server, a place for projects, the tools that are installed."""

    server: Server
    root: Path
    tools: list[Tool]
    rounds: int

    def apply_once(self, tool: Tool, count: int, port: int | None = None) -> Sample:
        database = "bench_" + tool.name.replace(" ", "_").replace("-", "_")
        url = tool.url(self.server, database, port)
        return run(tool.apply(tool.project(self.root, count), url))

    def fresh(self, tool: Tool) -> str:
        database = "bench_" + tool.name.replace(" ", "_").replace("-", "_")
        self.server.fresh(database)
        return database

    def by_name(self, name: str) -> Tool:
        return next(tool for tool in self.tools if tool.name == name)

    def apply_local(self, sizes: list[int]) -> Table:
        """Everything pending is applied to an empty database, over loopback."""
        columns: dict[int, dict[str, Series]] = {}
        for count in sizes:
            say(f"apply {count} migrations")
            rounds = max(1, self.rounds if count <= 100 else self.rounds // 2 if count <= 1000 else 1)
            columns[count] = interleaved(
                rounds, {tool.name: (lambda tool=tool: self.apply_once(tool, count)) for tool in self.tools},
                prepare=lambda name: self.fresh(self.by_name(name)))
        rows = []
        for tool in self.tools:
            row = [tool.name]
            for count in sizes:
                results = columns[count]
                series = results[tool.name]
                row += [seconds(series.seconds), ratio(series.seconds, results["the limit"].seconds)]
            memory = columns[min(1000, max(sizes))][tool.name].megabytes
            row.append(f"{memory:.0f} MB" if memory else "–")
            rows.append(row)
        heading = ["tool"]
        for count in sizes:
            heading += [f"{count:,}", "× the limit"]
        notes = [note for results in columns.values() for note in problems(results)]
        return Table("Apply, local", heading + [f"memory at {min(1000, max(sizes)):,}"], rows, notes)

    def apply_far(self, milliseconds: list[int], count: int = 100, far: set[str] | None = None) -> Table:
        """The same through a proxy that delays; round trips are counted, not reckoned.

        Of more than 20 ms only the tools `far` are measured, if it is given: with hundreds of round trips it takes minutes.
        """
        rows: list[list[str]] = []
        notes: list[str] = []
        for tool in self.tools:
            say(f"round trips of {tool.name}")
            row = [tool.name]
            try:
                few, many = self._round_trips(tool, 20), self._round_trips(tool, 60)
                each = (many - few) / 40
                row += [f"{each:.1f}", f"{few - 20 * each:.0f}"]
                for delay in milliseconds:
                    if far is not None and delay > 20 and tool.name not in far:
                        row.append("–")
                        continue
                    self.fresh(tool)
                    proxy = DelayProxy(self.server.port, delay)
                    row.append(seconds(self.apply_once(tool, count, proxy.port).seconds))
                    proxy.close()
            except (CommandFailed, OSError) as problem:
                notes.append(f"{tool.name} could not be measured: {problem}")
                row += ["–"] * (3 + len(milliseconds) - len(row))
            rows.append(row)
        heading = ["tool", "round trips a migration", "a run besides"]
        heading += [f"{count} at {delay} ms" for delay in milliseconds]
        return Table("Apply, far away", heading, rows, notes)

    def _round_trips(self, tool: Tool, count: int) -> int:
        self.fresh(tool)
        proxy = DelayProxy(self.server.port, 0)
        self.apply_once(tool, count, proxy.port)
        proxy.close()
        return proxy.round_trips

    def status(self, sizes: list[int], large: set[str] | None = None) -> Table:
        """Where everything stands, when everything is applied; of more than 1,000 only by the tools `large`, if given."""
        columns: dict[int, dict[str, Series]] = {}
        for count in sizes:
            say(f"status of {count} migrations")
            slow = {"yoyo", "sqitch"} if count > 1000 else set()
            tools = [
                tool for tool in self.tools
                if tool.name not in slow and (count <= 1000 or large is None or tool.name in large)]
            prepared: dict[str, str] = {}
            failed: list[str] = []
            for tool in tools:
                database = self.fresh(tool)
                try:
                    self.apply_once(tool, count)
                    prepared[tool.name] = tool.url(self.server, database, None)
                except CommandFailed as problem:
                    failed.append(f"{tool.name}: {problem}")
            works = {
                tool.name: (lambda tool=tool: run(
                    tool.status(tool.project(self.root, count), prepared[tool.name])))
                for tool in tools if tool.name in prepared
            }
            for tool in tools:
                if tool.name not in prepared:
                    continue
                others = tool.other_works(tool.project(self.root, count), prepared[tool.name])
                works |= {name: (lambda command=command: run(command)) for name, command in others.items()}
            columns[count] = interleaved(max(3, self.rounds), works)
        names = [tool.name for tool in self.tools]
        names += [name for name in columns[sizes[0]] if name not in names]
        rows = []
        for name in names:
            row = [name]
            for count in sizes:
                series = columns[count].get(name, Series())
                memory = series.megabytes
                row += [seconds(series.seconds), f"{memory:.0f} MB" if memory else "–"]
            rows.append(row)
        heading = ["tool"]
        for count in sizes:
            heading += [f"{count:,}", "memory"]
        return Table("Status, everything applied", heading, rows, [
            "The limit is `sha256sum` of all files and one `select` through psql. dbmate and sql-migrate compare no checksums.",
            *(note for results in columns.values() for note in problems(results))])

    def plan(self, sizes: list[int]) -> Table:
        """What would run, with how access changes and without; whether that grows with the files, or with their square."""
        ours = self.by_name("signalbox")
        url = self.server.url(self.fresh(ours))
        rows: list[list[str]] = []
        notes: list[str] = []
        last: tuple[int, float] | None = None
        for count in sizes:
            say(f"plan of {count} migrations")
            command = [ours.binary, "plan", "--json", "--project", ours.project(self.root, count), "--database", url]
            results = interleaved(self.rounds if count <= 1000 else 1, {
                "with": lambda: run(command), "without": lambda: run([*command, "--no-access"])})
            notes += problems(results)
            whole, rest = results["with"], results["without"]
            if whole.seconds is None or rest.seconds is None:
                continue
            access = whole.seconds - rest.seconds
            growth = "–" if last is None or last[1] <= 0 else f"{access / last[1]:.1f} × for {count / last[0]:.0f} × the files"
            rows.append([f"{count:,}", seconds(whole.seconds), f"{whole.megabytes:.0f} MB", seconds(rest.seconds),
                         seconds(max(access, 0)), growth])
            last = (count, access)
        heading = ["files", "plan", "memory", "without access", "access alone", "growth"]
        return Table("Plan, nothing applied", heading, rows, notes)

    def start(self) -> Table:
        """From exec to exit, saying no more than a version."""
        say("start")
        installed = [tool for tool in self.tools if tool.binary]
        results = interleaved(
            max(20, self.rounds),
            {tool.name: (lambda tool=tool: run([tool.binary, *tool.version_option])) for tool in installed})
        return Table("Start (`--version`)", ["tool", "time", "memory"], [
            [tool.name, seconds(results[tool.name].seconds), f"{results[tool.name].megabytes:.0f} MB"]
            for tool in installed if results[tool.name].samples], problems(results))

    def lint(self, count: int, lines: int, squawk: Path | None) -> Table:
        """Lints of many files, and of one long one."""
        say("lints")
        ours = self.by_name("signalbox")
        many = ours.project(self.root, count)
        long_project = self.root / "long"
        long_project.mkdir(exist_ok=True)
        (long_project / "20200101000001_long.sql").write_text(generate.long_script(lines))
        works = {
            "signalbox, files": lambda: run([ours.binary, "lint", "--project", many], allowed=(0, 1)),
            "signalbox, one file": lambda: run([ours.binary, "lint", "--project", long_project], allowed=(0, 1)),
        }
        if squawk:
            files = sorted(many.glob("*.sql"))
            works["squawk, files"] = lambda: run([squawk, *files], allowed=(0, 1))
            works["squawk, one file"] = lambda: run([squawk, *long_project.glob("*.sql")], allowed=(0, 1))
        results = interleaved(max(3, self.rounds), works)
        rows = [
            [tool, seconds(results[f"{tool}, files"].seconds), seconds(results[f"{tool}, one file"].seconds)]
            for tool in ["signalbox", "squawk"] if f"{tool}, files" in results
        ]
        return Table("Lints", ["tool", f"{count:,} files", f"one file of {lines:,} lines"], rows, problems(results))

    def console(self, counts: list[int], idle: float = 10) -> Table:
        """The console, connected to an empty database, with so many pending migrations in its list."""
        ours = self.by_name("signalbox")
        database = self.fresh(ours)
        columns: list[dict[str, str]] = []
        tig, git = shutil.which("tig"), shutil.which("git")
        notes = [] if tig and git else ["tig is not installed (apt install tig): it was left out"]
        for count in counts:
            say(f"console with {count} migrations")
            anchor = None
            if tig and git:
                history = self.root / f"history{count}"
                if not history.exists():
                    generate.write_history(history, count, git)
                anchor = [tig, "-C", history]
            command = [ours.binary, "console", "--project", ours.project(self.root, count), "--database",
                       self.server.url(database)]
            columns.append(console.measure(command, keys=200, idle=idle, anchor=anchor))
        rows = [[name, *(column[name] for column in columns)] for name in columns[0]]
        return Table("Console", ["", *(f"{count:,} migrations" for count in counts)], rows, notes)

    def catalog(self, tables: int, venv: Path) -> Table:
        """What is in a database of many tables: our snapshot, and how others read it."""
        say(f"catalog of {tables} tables")
        self.server.fresh("bench_catalog")
        self.server.fresh("bench_empty")
        self.server.psql("bench_catalog", generate.catalog(tables) + "\nANALYZE;")
        ours = self.by_name("signalbox")
        project = self.root / "catalog"
        if not project.exists():
            generate.write_project(project, 1)
        url = self.server.url("bench_catalog")
        status = [ours.binary, "status", "--project", project, "--database"]
        proxy = DelayProxy(self.server.port, 0)
        run(status + [self.server.url("bench_catalog", proxy.port)])
        proxy.close()
        queries = self.root / "snapshot.sql"
        queries.write_bytes(b"BEGIN;\n" + proxy.largest_query.rstrip(b"\0") + b";\nCOMMIT;\n")
        psql, dump = find("psql", [self.server.bin]), find("pg_dump", [self.server.bin])
        python = venv / "bin" / "python"
        inspect = f"from schemainspect import get_inspector; from sqlbag import S\nwith S('{url}') as s: get_inspector(s)"
        empty = self.server.url("bench_empty")
        works = {
            "the same queries through psql": lambda: run([psql, "-XAtq", url, "-o", "/dev/null", "-f", queries]),
            "signalbox status (snapshot and evidence)": lambda: run(status + [url]),
            "signalbox drift": lambda: run(
                [ours.binary, "drift", "--project", project, "--database", url], allowed=(0, 1)),
            "pg_dump -s": lambda: run([dump, "-s", "-f", "/dev/null", url]),
        }
        if python.exists():
            works["schemainspect"] = lambda: run([python, "-c", inspect])
            works["migra (against an empty database)"] = lambda: run(
                [venv / "bin" / "migra", "--unsafe", empty, url], allowed=(0, 2))
        results = interleaved(max(1, min(3, self.rounds)), works)
        floor = results["the same queries through psql"].seconds
        rows = [
            [name, seconds(series.seconds), ratio(series.seconds, floor),
             f"{series.megabytes:.0f} MB" if series.megabytes else "–"]
            for name, series in results.items()
        ]
        return Table(f"Catalog of {tables:,} tables", ["reader", "time", "× psql", "memory"], rows, problems(results))


def versions(tools: list[Tool], server: Server, missing: list[str]) -> list[str]:
    """The versions of everything that took part."""
    lines = [server.psql("postgres", "SELECT version()")]
    lines += [f"{tool.name}: {tool.version}" for tool in tools]
    lines.append(subprocess.run(["uname", "-srm"], capture_output=True, text=True, check=False).stdout.strip())
    if missing:
        lines.append("not installed, so not measured: " + ", ".join(missing))
    return lines
