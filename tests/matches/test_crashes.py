"""What a crash loses: at most the last second. What a clean end loses: nothing."""

import sqlite3
import time
from contextlib import closing

import pytest

from tests.conftest import change
from tests.matches.conftest import Crowd, client, crowded, file, rows

NOW = "UPDATE match_lease SET until = 0, due = 0"
"""That of one who was killed while counting ends by itself, but not as soon as nobody here would have to wait."""
AT_MOST = 1.0
"""The seconds before a crash of which something may be lost."""
LONGER = 1.5


def searched_until_killed(crowd: Crowd) -> tuple[int, int]:
    """Searches, each of another client, until the gateway is killed: how many were sent, and how many of them answered
    before the last second.
    """
    answered: list[float] = []
    while not answered or answered[-1] - answered[0] < LONGER:
        crowd.search("harbour", client(len(answered)))
        answered.append(time.monotonic())
    crowd.server.process.kill()
    crowd.server.process.wait(30)
    killed = time.monotonic()
    return len(answered), sum(at < killed - AT_MOST for at in answered)


def test_a_kill_loses_at_most_the_last_second_and_nothing_is_counted_twice(fresh: str) -> None:
    with crowded(fresh) as crowd:
        sent, least = searched_until_killed(crowd)
        assert 0 < least < sent
    change(fresh, NOW)
    with crowded(fresh) as crowd:
        crowd.settle()
        assert least <= crowd.times("walrus") <= sent
        assert_exact(crowd, "walrus", "heron", "otter")


def assert_exact(crowd: Crowd, *slugs: str) -> None:
    """Holds that what is counted of artifacts is what is stored, worked out here in another way."""
    shown = rows(
        crowd.server.database,
        "SELECT a.slug, s.client, s.query_id, h.place FROM match_search s "
        "JOIN match_hit h ON h.list_id = s.list_id JOIN artifact a ON a.id = h.artifact_id",
    )
    for slug in slugs:
        best: dict[int, int] = {}
        for of, who, _, place in shown:
            if of == slug:
                best[who] = min(place, best.get(who, place))
        assert crowd.times(slug) == len({(who, query) for of, who, query, _ in shown if of == slug})
        (found,) = rows(crowd.server.database, f"SELECT match_credit FROM artifact WHERE slug = '{slug}'")  # noqa: S608
        assert found[0] == pytest.approx(sum(1 / place for place in best.values()))


def test_kills_in_the_middle_of_counting_leave_the_counts_exact(fresh: str) -> None:
    sent = 0
    for size in (600, 700):
        with crowded(fresh, rollup_seconds="0.02") as crowd:
            before = crowd.recorded()
            crowd.all_search("harbour", range(sent, sent + size))
            sent += size
            # All of it is written by then, and some of it is being counted.
            crowd.await_recorded(before + size)
            crowd.server.process.kill()
            crowd.server.process.wait(30)
        change(fresh, NOW)
    with crowded(fresh) as crowd:
        crowd.settle()
        assert [crowd.times(slug) for slug in ("walrus", "heron", "otter")] == [sent] * 3
        assert_exact(crowd, "walrus", "heron", "otter")


def test_a_clean_end_loses_nothing(fresh: str) -> None:
    sent = 150
    workers = "2" if fresh.startswith("sqlite:") else "1"
    # It ends long before it would count.
    with crowded(fresh, workers=workers, rollup_seconds="3600") as crowd:
        for number in range(sent):
            crowd.search("harbour", client(number), {"connection": "close"})
        crowd.choose("harbour", "otter", client(sent - 1))
    assert crowd.server.process.returncode == 0
    change(fresh, NOW)
    with crowded(fresh) as crowd:
        crowd.settle()
        assert crowd.times("walrus") == sent
        assert crowd.evidence("walrus", "otter")["preferences"]["otter", "walrus"]["chosenOver"] == 1


@pytest.mark.on_sqlite
def test_while_something_holds_the_file_s_write_lock_searches_are_recorded(fresh: str) -> None:
    sent = 300
    with crowded(fresh) as crowd, closing(sqlite3.connect(file(fresh), isolation_level=None)) as import_:
        import_.execute("BEGIN IMMEDIATE")
        before = crowd.recorded()
        crowd.all_search("harbour", range(sent))
        # As an import would: it has the lock for as long as it takes.
        crowd.await_recorded(before + sent)
        assert crowd.times("walrus") == 0
        crowd.server.process.kill()
        crowd.server.process.wait(30)
        import_.execute("ROLLBACK")
    change(fresh, NOW)
    with crowded(fresh) as crowd:
        crowd.settle()
        assert crowd.times("walrus") == sent
