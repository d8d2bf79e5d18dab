"""How artifacts stand in their kind is kept in step with the catalogue."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, Table, create_engine, select, update

from gateway.catalogue import standing
from gateway.catalogue.loading import load
from gateway.catalogue.scoring import scored_anew
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import MIGRATIONS, Database, open_database
from schema.rules.vocabulary import ArtifactKind
from schema.tables import METADATA
from tests.catalogue.lines import SOURCE, line, written
from tests.database.planner import Planner

RANKS = """
query ($availabilities: [Availability!]) {
  artifacts(first: 100, filter: {availabilities: $availabilities}) {
    edges {
      node {
        slug kind
        rank { exact position of }
        own: rank(weights: {quality: 2, adoption: 1}) { exact position of }
      }
    }
  }
}
"""
COUNTS = "{ catalogue { artifactCount kinds { kind count } } }"


def scored(number: int, kind: str, score: float | None) -> str:
    """An artifact with the same score on every dimension, so that many are level."""
    dimensions = ("adoption", "quality", "ecosystem", "match_graph", "freshness")
    one = {"value": score, "basis": "PUBLISHED", "source": SOURCE}
    return line(f"a-{number}", kind=kind, scores={} if score is None else dict.fromkeys(dimensions, one))


def many(shift: int = 0) -> list[str]:
    """Artifacts of two kinds: a few scores that most share, and some without any. The best and more are removed."""
    scores = (0.9, 0.5, 0.5, 0.5, 0.25, 0.0, None)
    here = [scored(n, "MODEL" if n % 3 else "DATASET", scores[(n + shift) * n % 7]) for n in range(60)]
    gone = [json.loads(scored(60 + n, "MODEL", value)) for n, value in enumerate((0.95, 0.95, 0.5, 0.3, None))]
    return here + [json.dumps(one | {"availability": "REMOVED"}) for one in gone]


def check(planner: Planner) -> None:
    listed, removed = (
        [edge["node"] for edge in planner.data(RANKS, availabilities=which)["artifacts"]["edges"]]
        for which in (None, ["REMOVED"])
    )
    for kind in ("MODEL", "DATASET"):
        for name in ("rank", "own"):
            known = [item[name]["exact"] for item in listed if item["kind"] == kind and item[name]]
            for rank in [item[name] for item in listed + removed if item["kind"] == kind and item[name]]:
                assert rank["position"] == 1 + sum(other > rank["exact"] + 1e-6 for other in known)
                assert rank["of"] == len(known)
    counted = {item["kind"]: item["count"] for item in planner.data(COUNTS)["catalogue"]["kinds"]}
    assert counted == Counter(item["kind"] for item in listed + removed)


def test_positions_follow_every_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "APART", 3)
    database = open_database(f"sqlite:///{tmp_path / 'gateway.db'}")
    planner = Planner(database)
    for lines, replace in ((many(), False), (many(2), False), (many(2)[:20] + many()[60:], True)):
        load(database, [written(tmp_path / "lines.jsonl", lines)], shipped_scorecard(), replace=replace)
        check(planner)
    database.close()


def test_positions_follow_a_new_scorecard(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'gateway.db'}")
    lines = [json.loads(text) for text in many()]
    for number, one in enumerate(lines):
        if one["scores"]:
            one["scores"]["quality"] = one["scores"]["quality"] | {"value": number / 70}
    load(database, [written(tmp_path / "lines.jsonl", map(json.dumps, lines))], shipped_scorecard())
    with database.writing() as connection:
        artifact, catalogue = METADATA.tables["artifact"], METADATA.tables["catalogue"]
        connection.execute(update(artifact).values(rank=7.0, rank_order=-7.0))
        connection.execute(update(catalogue).values(scorecard="of before"))
        standing.refresh(connection)
    assert scored_anew(database, shipped_scorecard())
    check(Planner(database))
    database.close()


def kept(database: Database) -> list[list[Any]]:
    """What is kept of how artifacts stand."""
    with database.reading() as connection:
        tables = (METADATA.tables["kind"], METADATA.tables["milestone"])
        return [[tuple(row) for row in connection.execute(select(table))] for table in tables]


def test_database_of_before_is_counted_when_it_is_opened(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    load(database, [written(tmp_path / "lines.jsonl", many())], shipped_scorecard())
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as old, database.reading() as new:
        config.attributes["connection"] = old
        command.upgrade(config, "0003")
        artifact = METADATA.tables["artifact"]
        before = Table("artifact", MetaData(), autoload_with=old)
        columns = [column for column in artifact.c if column.name in before.c]
        old.execute(before.insert(), [dict(row) for row in new.execute(select(*columns)).mappings()])
        topic = METADATA.tables["topic"]
        of = {"artifact_id": 1, "kind": ArtifactKind.MODEL}
        topics = {"runtime": False, "node-js": False, "go": True, "glaciers": False}
        old.execute(topic.insert(), [of | {"name": name, "is_task": is_task} for name, is_task in topics.items()])
        old.execute(update(artifact).where(artifact.c.id == 1).values(topic_count=4))
    engine.dispose()
    opened = open_database(f"sqlite:///{tmp_path / 'old.db'}")
    assert kept(opened) == kept(database)
    assert kept(opened)[0]
    with opened.reading() as connection:
        assert connection.scalars(select(topic.c.name).order_by(topic.c.name)).all() == ["glaciers", "go"]
        assert connection.scalar(select(artifact.c.topic_count).where(artifact.c.id == 1)) == 2
    opened.close()
    database.close()
