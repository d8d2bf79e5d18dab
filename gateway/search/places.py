"""The places of documents: in their order, the better ranked come first. An artifact's place tells its id too."""

from sqlalchemy import BigInteger, cast, func

from schema.tables import METADATA

ARTIFACT = METADATA.tables["artifact"]
RANKS = 2**32
"""How many places there are for documents whose ranks are the same to the full point."""
PLACE = cast(func.round(ARTIFACT.c.rank_order + 100), BigInteger) * RANKS + ARTIFACT.c.id
"""The place of an artifact's document."""


def end_of_rank(rank_order: float) -> int:
    """A place that no document with this order of rank is beyond."""
    # Databases round halves in other ways than Python does.
    return (round(rank_order + 100) + 1) * RANKS + RANKS - 1
