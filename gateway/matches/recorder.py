"""Takes events off the requests' hands, and writes them in batches."""

import logging
import threading
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy.exc import SQLAlchemyError

from gateway.errors import DatabaseError
from gateway.matches.events import Event, client_hash, written
from gateway.matches.inbox import Inbox
from gateway.metrics import Counts
from gateway.recent import Recent

LOG = logging.getLogger("gateway")
SECONDS_BETWEEN = 0.25
"""How often what has come is written: a process that is killed loses no more than what came since."""
MOST_WAITING = 100_000
"""How many events wait at most while they cannot be written; more are dropped."""
MOST_OF_CLIENT = 10_000
"""How many events of one client are recorded in a day by one process: nobody asks as much by hand."""
KNOWN = 100_000
"""Of how many events it is known that they were recorded already."""
BATCH = 5_000


class Recorder:
    """Records events of clients in a thread of its own. `counts` tells what became of them."""

    def __init__(self, inbox: Inbox, counts: Counts) -> None:
        self._inbox = inbox
        self._counts = counts
        self._waiting: list[tuple[str, date, Event]] = []
        self._batch: list[bytes] = []
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._known: Recent[bool] = Recent(KNOWN)
        self._of_client: Counter[int] = Counter()
        self._day: date | None = None
        self._salt = b""
        self._failing = False
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        """Begins to write."""
        self._thread.start()

    def add(self, client: str, events: Sequence[Event]) -> None:
        """Records events of a client, soon. Takes no time."""
        day = datetime.now(UTC).date()
        with self._lock:
            if len(self._waiting) < MOST_WAITING:
                self._waiting += [(client, day, event) for event in events]
                return
        self._counts.of["dropped"] += len(events)

    def close(self) -> None:
        """Writes all that has come, and ends."""
        self._ending.set()
        if self._thread.ident is not None:
            self._thread.join()
        if lost := len(self._batch) + len(self._waiting):
            self._counts.of["dropped"] += lost
            LOG.error("%s searches and choices could not be recorded", lost)

    def _run(self) -> None:
        while not self._ending.wait(SECONDS_BETWEEN):
            self._write_waiting()
        self._write_waiting()

    def _write_waiting(self) -> None:
        try:
            while self._waiting or self._batch:
                if not self._batch:
                    self._take()
                if self._batch:
                    self._inbox.write(self._batch)
                    self._counts.of["recorded"] += len(self._batch)
                    self._batch = []
            if self._failing:
                LOG.warning("searches are recorded again")
            self._failing = False
        except (SQLAlchemyError, DatabaseError) as error:
            if not self._failing:
                LOG.error("searches cannot be recorded for now: %s", getattr(error, "orig", error))
            self._failing = True
        except Exception:
            LOG.exception("searches could not be recorded")
            with self._lock:
                self._counts.of["dropped"] += len(self._batch) + len(self._waiting[:BATCH])
                self._batch = []
                del self._waiting[:BATCH]

    def _take(self) -> None:
        """Makes a batch of what waits, without what was recorded before."""
        some = self._waiting[:BATCH]
        for client, day, event in some:
            if day != self._day:
                self._salt = self._inbox.salt(day)
                self._day = day
                self._of_client.clear()
            text = written(event, client_hash(client, self._salt), day)
            if self._is_new(client, text):
                self._batch.append(text)
            else:
                self._counts.of["repeated"] += 1
        with self._lock:
            del self._waiting[: len(some)]

    def _is_new(self, client: str, text: bytes) -> bool:
        key = hash(text)
        if self._known.get(key):
            return False
        self._known.put(key, True)
        if len(self._of_client) > KNOWN:
            self._of_client.clear()
        who = hash((client, self._salt))
        self._of_client[who] += 1
        return self._of_client[who] <= MOST_OF_CLIENT
