"""What becomes of events that wait to be counted when the catalogue changes meanwhile."""

import pytest

from tests.conftest import change
from tests.matches.catalogue import KNOTS, SHANTIES, artifact
from tests.matches.conftest import client, crowded, put
from tests.matches.test_retention import matched, walrus, without

UNCOUNTED = "3600"
"""How often counts are brought up to date where a test wants that to wait: not before the gateway has ended."""
NOW = "UPDATE match_lease SET due = 0"


@pytest.mark.on_sqlite
def test_what_waits_to_be_counted_is_of_the_artifact_that_was_shown_and_of_no_later_one(fresh: str) -> None:
    with crowded(fresh, rollup_seconds=UNCOUNTED) as crowd:
        crowd.all_search("sunflower", range(3))
        crowd.choose("sunflower", "sunflower", client(1))
    # It is the last of the catalogue.
    put(fresh, without("sunflower"), replace=True)
    put(fresh, [artifact("pampas", "prairie", 2)])
    change(fresh, NOW)
    with crowded(fresh) as crowd:
        crowd.settle()
        assert crowd.times("pampas") == 0


@pytest.mark.on_sqlite
def test_what_waits_to_be_counted_is_of_the_capability_that_was_shown(fresh: str) -> None:
    with crowded(fresh, rollup_seconds=UNCOUNTED) as crowd:
        crowd.all_search("sing shanties", range(3))
    put(fresh, [walrus(capabilities=[KNOTS, SHANTIES])])
    change(fresh, NOW)
    with crowded(fresh) as crowd:
        crowd.settle()
        assert matched(crowd) in ((3, {"knots": 0, "shanties": 3}), (3, {"knots": 0, "shanties": 0}))
