"""Opens the files that a catalogue is read from."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from gateway.errors import UsageError

STANDARD_INPUT = "-"


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """A file to read, unpacked where its name ends in `.gz`; `-` is standard input.

    Raises UsageError (NO_SUCH_FILE) where it cannot be opened. A file that is packed badly raises OSError, EOFError or
    zlib.error when it is read.
    """
    if file == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    path = Path(file)
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(path.open("rb"))
        except OSError as error:
            raise UsageError("NO_SUCH_FILE", f"{file} cannot be read: {error.strerror}.") from None
        packed = path.suffix == ".gz"
        yield cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=raw))) if packed else raw
