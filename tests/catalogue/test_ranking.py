"""Stored ranks are those of the scorecard that the gateway ships with."""

import sqlite3
from pathlib import Path

from tests.conftest import Run, serving


def test_ranks_follow_the_scorecard_of_the_gateway(gateway: Run, tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    with serving(file) as server:
        before = server.data('{ catalogue { version } artifact(slug: "the-pile") { rank { exact } } }')
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE catalogue SET scorecard = 'older'")
        connection.execute("UPDATE artifact SET rank = 1, rank_order = -1 WHERE slug = 'the-pile'")
    connection.close()
    with serving(file) as server:
        after = server.data('{ catalogue { version } artifact(slug: "the-pile") { rank { exact } } }')
    assert after["artifact"] == before["artifact"]
    assert after["catalogue"]["version"] == before["catalogue"]["version"] + 1
