"""What ships inside the package: the curated catalogue and the scorecard."""

from contextlib import ExitStack
from functools import cache
from importlib.resources import as_file, files

import orjson
from sqlalchemy import select

from gateway.catalogue.loading import load
from gateway.catalogue.storing import Report
from gateway.database import Database
from gateway.errors import UsageError
from schema.rules.scorecard import Scorecard, scorecard
from schema.tables import METADATA


@cache
def shipped_scorecard() -> Scorecard:
    """The scorecard that ranks are worked out with."""
    return scorecard(orjson.loads(files("seeds").joinpath("scorecard.json").read_bytes()))


def load_shipped(database: Database) -> Report:
    """Loads the shipped catalogue."""
    folder = files("seeds").joinpath("catalogue")
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith((".jsonl", ".jsonl.gz")))
    with ExitStack() as stack:
        paths = [str(stack.enter_context(as_file(folder.joinpath(name)))) for name in names]
        return load(database, paths, shipped_scorecard())


def loaded(database: Database) -> bool:
    """Whether a catalogue has ever been loaded into the database, by an import or by a first start."""
    with database.reading() as connection:
        return connection.scalar(select(METADATA.tables["catalogue"].c.version)) is not None


def check_loaded(database: Database) -> None:
    """Raises UsageError (NO_CATALOGUE) for a database that no catalogue has been loaded into."""
    if not loaded(database):
        raise UsageError("NO_CATALOGUE", "The database holds no catalogue yet; import one first.")
