"""The command line of the benchmarks; see README.md."""

import argparse
import shutil
import tempfile
from pathlib import Path

from . import document
from .comparisons import Bench, versions
from .server import Server
from .tools import every_tool, find

HERE = Path(__file__).resolve().parent.parent
REPOSITORY = HERE.parent
PARTS = ["apply", "far", "status", "plan", "start", "lint", "console", "catalog"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measures Signalbox beside its peers, in one run.")
    parser.add_argument("--signalbox", type=Path, default=REPOSITORY / ".build/release/signalbox")
    parser.add_argument("--peers", type=Path, default=REPOSITORY / ".build-bench", help="where install-peers put them")
    parser.add_argument("--output", type=Path, default=REPOSITORY / "docs/performance.md")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--quick", action="store_true", help="small sizes: to see that everything works")
    parser.add_argument(
        "--short", action="store_true", help="about a quarter of an hour on a quiet machine: what takes longest is left out")
    parser.add_argument("--only", nargs="*", choices=PARTS)
    parser.add_argument("--sizes", type=int, nargs="*", help="how many migrations are applied")
    parser.add_argument("--delays", type=int, nargs="*", help="round trips of how many milliseconds")
    parser.add_argument("--tools", nargs="*", help="only these, and the limit")
    arguments = parser.parse_args()
    parts = arguments.only or PARTS
    rounds = arguments.rounds or (3 if arguments.short else 5)
    # With many round trips, or a process for each migration, these alone would take half of the time.
    fast = {"the limit", "signalbox", "sqlx", "dbmate"} if arguments.short else None
    tools = every_tool(arguments.signalbox, arguments.peers)
    if arguments.tools:
        tools = [tool for tool in tools if tool.name in ["the limit", "signalbox", *arguments.tools]]
    missing = [tool.name for tool in tools if tool.binary is None]
    installed = [tool for tool in tools if tool.binary is not None]
    quick = arguments.quick
    root = Path(tempfile.mkdtemp(prefix="signalbox-bench-projects-"))
    root.chmod(0o755)
    try:
        with Server() as server:
            bench = Bench(server, root, installed, rounds)
            works = {
                "apply": lambda: bench.apply_local(arguments.sizes or ([20, 50] if quick else [100, 1000])),
                "far": lambda: bench.apply_far(arguments.delays or ([5] if quick else [20, 80]), 20 if quick else 100, fast),
                "status": lambda: bench.status([50] if quick else [1000, 10000], fast),
                "plan": lambda: bench.plan([20, 50] if quick else [100, 1000, 10000]),
                "start": bench.start,
                "lint": lambda: bench.lint(
                    50 if quick else 1000, 500 if quick else 5000, find("squawk", [arguments.peers / "venv" / "bin"])),
                "catalog": lambda: bench.catalog(100 if quick else 2000, arguments.peers / "venv"),
                "console": lambda: bench.console([50] if quick else [1000, 10000], idle=2 if quick else 10),
            }
            tables = []
            for part in PARTS:
                if part not in parts:
                    continue
                tables.append(works[part]())
                # Written after each part: a run that is broken off has measured what it has measured.
                document.write(arguments.output, document.render(tables, versions(installed, server, missing), rounds))
            print(document.render(tables, versions(installed, server, missing), rounds))
    finally:
        shutil.rmtree(root, ignore_errors=True)


main()
