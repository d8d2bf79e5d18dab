"""What runs beside answering: events are recorded, and counted by whichever process has the lease."""

import logging
import secrets
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from gateway.database import Database, new_engine
from gateway.errors import DatabaseError
from gateway.heads import Head
from gateway.matches.clients import Clients
from gateway.matches.events import Event
from gateway.matches.inbox import Inbox
from gateway.matches.lease import taken
from gateway.matches.recorder import Recorder
from gateway.matches.rollup import has_older, roll_up
from gateway.metrics import Counts
from gateway.settings import Settings
from schema.rules.scorecard import Scorecard

LOG = logging.getLogger("gateway")
LOOKS = 4
"""How many times in an interval each process looks whether counting is due."""
LONGEST_END = 5.0
"""For how many seconds the end of the process waits for counting. What is not done by then is not done at all."""


class Matches:
    """Records and counts for one process. `counts` tells what became of events."""

    def __init__(self, settings: Settings, card: Scorecard, counts: Counts) -> None:
        self._settings = settings
        self._card = card
        self._clients = Clients(settings.proxies)
        # Where answers are read from a replica, this is the database that it follows.
        self._database = Database(new_engine(settings.database_url))
        self._inbox = Inbox(settings.database_url)
        self._recorder = Recorder(self._inbox, counts)
        self._ending = threading.Event()
        self._counting = threading.Thread(target=self._run, name="counting", daemon=True)

    def start(self) -> None:
        """Begins to record and to count."""
        self._recorder.start()
        self._counting.start()

    def client(self, peer: str | None, head: Head) -> str | None:
        """Who asks; None for one that is not recorded."""
        return self._clients.recorded(peer, head)

    def record(self, client: str, events: Sequence[Event]) -> None:
        """Records events of a client, soon."""
        self._recorder.add(client, events)

    def close(self) -> None:
        """Writes what has come, and ends."""
        self._ending.set()
        self._recorder.close()
        if self._counting.ident is not None:
            self._counting.join(LONGEST_END)
        self._inbox.close()
        self._database.close()

    def _run(self) -> None:
        failing = False
        while not self._ending.wait(self._settings.rollup_seconds / LOOKS):
            try:
                count_waiting(self._database, self._inbox, self._settings, self._card)
                failing = False
            except (SQLAlchemyError, DatabaseError) as error:
                if not failing:
                    LOG.warning("searches cannot be counted for now: %s", getattr(error, "orig", error))
                failing = True
            except Exception:
                LOG.exception("searches could not be counted")


def count_waiting(
    database: Database, inbox: Inbox, settings: Settings, card: Scorecard, *, early: bool = False
) -> None:
    """Counts all that waits, if that is due or `early`, and nobody else is at it."""
    today = datetime.now(UTC).date()
    inbox.forget_salts(today)
    first_day = today - timedelta(days=settings.match_days - 1)
    # Nothing is written where nothing is to be done.
    if inbox.read(1) or has_older(database, first_day):
        holder = secrets.token_hex(8)
        with taken(database, holder, time.time(), settings.rollup_seconds, early=early) as mine:
            while mine and not roll_up(database, inbox, card, first_day):
                pass
