"""Imports a generated catalogue as an operator would, and notes what that took."""

import os
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from tests.bench.generating import SEED, write
from tests.conftest import GATEWAY, environment


@dataclass(frozen=True, slots=True)
class Imported:
    """One import: the wall-clock time in seconds, and the most memory its process held, in bytes."""

    size: int
    seed: int
    seconds: float
    peak_bytes: int

    @property
    def rate(self) -> float:
        """Artifacts a second, the start of the process included."""
        return self.size / self.seconds


def import_generated(size: int, url: str, gateway: str = GATEWAY) -> Imported:
    """Pipes a catalogue of `size` artifacts into `gateway import`. Raises RuntimeError where it fails."""
    started = time.monotonic()
    command = [gateway, "import", "-", "--database", url]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    assert process.stdin is not None
    with process.stdin as stream:
        write(stream, size)
    # Not process.wait(), because only this tells the memory of this child alone.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"the import of {size} artifacts ended with status {process.returncode}")
    return Imported(size, SEED, time.monotonic() - started, usage.ru_maxrss * 1024)


def imported_once(size: int, url: str, note: Path, gateway: str = GATEWAY) -> tuple[Imported, bool]:
    """What the import took, and whether it was made now: `note` is what an earlier run wrote down of it."""
    if note.exists():
        earlier = Imported(**orjson.loads(note.read_bytes()))
        if (earlier.size, earlier.seed) == (size, SEED):
            return earlier, False
    made = import_generated(size, url, gateway)
    note.write_bytes(orjson.dumps(asdict(made), option=orjson.OPT_INDENT_2))
    return made, True
