"""Writes the measured part of docs/performance.md; what people wrote around it stays."""

import os
from pathlib import Path

from .comparisons import Table

BEGIN = "<!-- measured: written by `make bench` -->"
END = "<!-- end of what was measured -->"


def render(tables: list[Table], versions: list[str], rounds: int) -> str:
    load = os.getloadavg()[0]
    lines = [BEGIN, "", "## Measured side by side", ""]
    lines += [
        f"One run; medians of {rounds} interleaved rounds (fewer for the largest sizes); {os.cpu_count()} cores; the load of"
        f" the machine at the end was {load:.1f}. Ratios within a row's run are what counts: times differ from machine to"
        " machine, and from one hour to the next.", ""]
    for table in tables:
        lines += [f"### {table.title}", "", "| " + " | ".join(table.heading) + " |"]
        lines.append("|" + "---|" * len(table.heading))
        lines += ["| " + " | ".join(row) + " |" for row in table.rows]
        lines.append("")
        for note in table.notes:
            lines += [note, ""]
    lines += ["### Versions", ""] + [f"- {version}" for version in versions] + ["", END]
    return "\n".join(lines)


def write(path: Path, measured: str) -> None:
    """Puts the measured part in its place, or at the end."""
    text = path.read_text() if path.exists() else "# Performance\n"
    if BEGIN in text and END in text:
        before, rest = text.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        path.write_text(before + measured + after)
    else:
        path.write_text(text.rstrip("\n") + "\n\n" + measured + "\n")
