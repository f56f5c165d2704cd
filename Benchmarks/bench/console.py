"""The console in a terminal of its own: when it paints first, how soon a key shows, whether it sleeps when idle."""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import termios
import time
from pathlib import Path


class Terminal:
    """A program in a pseudo-terminal of 120 × 36."""

    def __init__(self, command: list) -> None:
        self.began = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execvp(str(command[0]), [str(part) for part in command])
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))

    def read(self, patience: float) -> bytes:
        """What comes until nothing has come for so many seconds."""
        found = b""
        while select.select([self.descriptor], [], [], patience)[0]:
            try:
                piece = os.read(self.descriptor, 65536)
            except OSError:
                break
            if not piece:
                break
            found += piece
        return found

    def first_paint(self) -> float:
        """Seconds from the start to the first line of the frame."""
        seen = b""
        while b"\xe2\x95\xad" not in seen and b"Rollout" not in seen:
            if not select.select([self.descriptor], [], [], 20)[0]:
                raise OSError("the console painted nothing within 20 seconds")
            seen += os.read(self.descriptor, 65536)
        return time.perf_counter() - self.began

    def key(self, text: str) -> tuple[float, int]:
        """Seconds from a key to the last byte of its painting, and how many bytes that was."""
        began = time.perf_counter()
        os.write(self.descriptor, text.encode())
        count = 0
        last = began
        while select.select([self.descriptor], [], [], 0.03)[0]:
            count += len(os.read(self.descriptor, 65536))
            last = time.perf_counter()
        return last - began, count

    def wake_ups(self, seconds: float) -> int:
        """How often the threads of the program were woken in so many seconds."""
        before = self._switches()
        time.sleep(seconds)
        return self._switches() - before

    def _switches(self) -> int:
        total = 0
        for status in Path(f"/proc/{self.pid}/task").glob("*/status"):
            for line in status.read_text().splitlines():
                if line.startswith(("voluntary_ctxt", "nonvoluntary_ctxt")):
                    total += int(line.split()[1])
        return total

    def close(self) -> None:
        os.kill(self.pid, signal.SIGTERM)
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)


def measure(command: list, keys: int, idle: float, anchor: list | None = None) -> dict[str, str]:
    """Opens the console, walks down and up its list, lets it rest.

    Another program with a list, the anchor, takes the same keys in turn with it: a terminal is as fast as the machine is.
    """
    terminal = Terminal(command)
    other = Terminal(anchor) if anchor else None
    try:
        paint = terminal.first_paint()
        for each in filter(None, (terminal, other)):
            while each.read(1.0):
                continue
        ours, theirs = [], []
        for number in range(keys):
            key = "j" if number % 20 < 15 else "k"
            ours.append(terminal.key(key))
            if other:
                theirs.append(other.key(key))
        terminal.read(1.0)
        wakes = terminal.wake_ups(idle)
    finally:
        terminal.close()
        if other:
            other.close()
    painted = [stroke for stroke in ours if stroke[1] > 0]
    sizes = sorted(stroke[1] for stroke in painted)
    if not painted:
        raise OSError("no key painted anything")
    return {
        "first paint": f"{paint * 1000:.0f} ms",
        "key to painted, p50 / p99": _times(ours),
        "tig in turn with it, p50 / p99": _times(theirs) if other else "–",
        "bytes a movement key, p50 / p99": f"{sizes[len(sizes) // 2]} / {sizes[min(len(sizes) - 1, int(len(sizes) * 0.99))]}",
        f"wake-ups in {idle:.0f} s, idle": str(wakes),
    }


def _times(strokes: list[tuple[float, int]]) -> str:
    times = sorted(stroke[0] * 1000 for stroke in strokes if stroke[1] > 0)
    if not times:
        return "–"
    return f"{statistics.median(times):.2f} / {times[min(len(times) - 1, int(len(times) * 0.99))]:.2f} ms"
