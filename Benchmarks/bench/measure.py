"""Runs commands and takes their time and their memory."""

import atexit
import functools
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Sample:
    """One run: wall-clock seconds, and the largest resident size in MB."""

    seconds: float
    megabytes: float


@dataclass
class Series:
    """What one tool took, round by round."""

    samples: list[Sample] = field(default_factory=list)
    problem: str | None = None

    @property
    def seconds(self) -> float | None:
        return statistics.median(sample.seconds for sample in self.samples) if self.samples else None

    @property
    def megabytes(self) -> float | None:
        return max(sample.megabytes for sample in self.samples) if self.samples else None


class CommandFailed(Exception):
    """A command ended with an error; says what it said last."""


class Launcher:
    """The small process that starts what is measured; the size of what it starts is known down to about 9 MB."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("launcher.py")
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.output = Path(tempfile.mkdtemp(prefix="signalbox-bench-output-")) / "output"
        atexit.register(self.close)

    def close(self) -> None:
        self.process.kill()
        shutil.rmtree(self.output.parent, ignore_errors=True)

    def run(self, command: list, environment: dict, cwd: str | None) -> dict:
        order = {
            "command": [str(part) for part in command], "environment": environment, "cwd": cwd,
            "output": str(self.output),
        }
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@functools.cache
def launcher() -> Launcher:
    return Launcher()


def run(command: list, environment: dict | None = None, cwd: str | None = None, allowed: tuple = (0,)) -> Sample:
    """Runs a command to its end, with its output into a file, and measures it."""
    answer = launcher().run(command, environment or {}, cwd)
    if answer["status"] not in allowed:
        said = launcher().output.read_text(errors="replace").strip().splitlines()
        raise CommandFailed(f"{Path(command[0]).name}: {' / '.join(said[-3:])}")
    return Sample(answer["seconds"], answer["kilobytes"] / 1024)


def interleaved(rounds: int, works: dict, prepare=None) -> dict[str, Series]:
    """Runs each work once a round, in turn, so that a slow moment of the machine meets all of them.

    The order turns with each round. `works` maps a name to a function that gives a `Sample`; one that fails is left out
    of the rounds that follow, and its words are kept.
    """
    results = {name: Series() for name in works}
    names = list(works)
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            if results[name].problem:
                continue
            try:
                if prepare:
                    prepare(name)
                results[name].samples.append(works[name]())
            except (CommandFailed, OSError) as problem:
                results[name].problem = str(problem)
    return results
