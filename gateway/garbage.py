"""How often Python looks for garbage while very many objects come and go that leave none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BETWEEN_COLLECTIONS = 100_000
"""More than a batch of lines is made of, all of which goes with it; not so many that what statements leave adds up."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Has cycles of objects looked for rarely: lines and rows have none, and looking took an eighth of an import."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
