"""A folder for what a measurement makes: kept for the next run, or removed at the end."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def kept_folder(folder: Path | None) -> Iterator[Path]:
    """The folder given, made where it is not there; a temporary one without it."""
    made = folder or Path(tempfile.mkdtemp(prefix="gateway-bench-"))
    try:
        made.mkdir(parents=True, exist_ok=True)
        yield made.resolve()
    finally:
        if folder is None:
            shutil.rmtree(made)
