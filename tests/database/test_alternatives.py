"""What else does the same things: of a kind that can take its place, still to be had, rare topics counting more."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gateway.alternatives import LOOKED_AT
from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import open_database
from gateway.execution import Executor, Request
from gateway.settings import load_settings
from tests.statements import noted

QUERY = (
    '{ artifact(slug: "own") { alternatives(first: 100) { totalCount edges { nearness shared node { slug kind } } } } }'
)
SOURCE = {"title": "made for the test"}


def item(slug: str, tags: str = "", kind: str = "MODEL", tasks: str = "", **more: Any) -> dict[str, Any]:
    """An artifact with these tags and tasks, separated by spaces."""
    can = [{"slug": "can", "name": "Can", "description": "Does it.", "tags": tags.split()}] if tags else []
    return {"slug": slug, "name": slug, "kind": kind, "tasks": tasks.split(), "capabilities": can, **more}


def ranked(adoption: float) -> dict[str, Any]:
    """Scores that make a rank."""
    names = ("adoption", "quality", "ecosystem")
    return {"scores": {name: {"value": adoption, "basis": "PUBLISHED", "source": SOURCE} for name in names}}


def found(folder: Path, items: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], int]:
    """The alternatives of `own`, and how many steps of SQLite's machine, in hundreds, it took to find them."""
    file = folder / "catalogue.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in items))
    path = folder / "alternatives.db"
    path.unlink(missing_ok=True)
    database = open_database(f"sqlite:///{path}")
    load(database, [str(file)], shipped_scorecard())
    with noted() as seen:
        body = Executor(database, load_settings(), shipped_scorecard()).execute(Request(QUERY, {})).body
    database.close()
    hundreds = 0

    def count() -> int:
        nonlocal hundreds
        hundreds += 1
        return 0

    connection = sqlite3.connect(path)
    connection.set_progress_handler(count, 100)
    for sql, given in seen:
        if sql.startswith("WITH"):
            connection.execute(sql, given).fetchall()
    connection.close()
    return body["data"]["artifact"]["alternatives"]["edges"], hundreds


def slugs(edges: list[dict[str, Any]]) -> list[str]:
    return [edge["node"]["slug"] for edge in edges]


def test_only_kinds_that_can_take_its_place_and_can_be_had(tmp_path: Path) -> None:
    edges, _ = found(
        tmp_path,
        [
            item("own", "a b"),
            item("model", "a b"),
            item("tuned", "a b c", "FINE_TUNE"),
            item("data", "a b", "DATASET"),
            item("library", "a b", "LIBRARY"),
            item("gone", "a b", availability="REMOVED"),
            item("other", "z"),
        ],
    )
    assert slugs(edges) == ["model", "tuned"]
    assert edges[0]["nearness"] == 1
    assert [edge["shared"] for edge in edges] == [2, 2]


def test_level_ones_stand_by_rank(tmp_path: Path) -> None:
    level = [item("unranked", "a"), item("low", "a", **ranked(0.2)), item("high", "a", **ranked(0.9))]
    edges, _ = found(tmp_path, [*level, item("own", "a")])
    assert slugs(edges) == ["high", "low", "unranked"]


def test_ones_without_a_rank_stand_by_slug_in_whatever_order_they_came(tmp_path: Path) -> None:
    named = [item(slug, "a") for slug in ("b-2", "c", "a_1", "b", "b_1")]
    for items in (named, named[::-1]):
        edges, _ = found(tmp_path, [*items, item("own", "a")])
        assert slugs(edges) == ["a_1", "b", "b-2", "b_1", "c"]


def test_how_it_is_packaged_makes_no_alternative(tmp_path: Path) -> None:
    for tags in ("runtime node-js", "install pypi conda", "file-format gguf safetensors model-loading transformers"):
        others = [item("packed", tags), item("both", f"{tags} glaciers")]
        assert found(tmp_path, [item("own", tags), *others])[0] == []
        edges, _ = found(tmp_path, [item("own", f"{tags} glaciers"), *others])
        assert [(edge["node"]["slug"], edge["nearness"], edge["shared"]) for edge in edges] == [("both", 1, 1)]


def test_a_task_is_a_topic_whatever_its_name(tmp_path: Path) -> None:
    edges, _ = found(tmp_path, [item("own", tasks="go"), item("plays", tasks="go"), item("written", "go")])
    assert slugs(edges) == ["plays"]


def test_a_rare_topic_counts_more_than_two_common_ones(tmp_path: Path) -> None:
    crowd = [item(f"crowd-{number}", "english text") for number in range(300)]
    edges, _ = found(tmp_path, [*crowd, item("own", "english text glaciers"), item("rare", "glaciers birds")])
    assert slugs(edges)[0] == "rare"


def test_sharing_a_tag_alone_is_half_as_near_where_there_are_tasks(tmp_path: Path) -> None:
    others = [item("tag", "a", tasks="translate"), item("job", "c", tasks="transcribe")]
    edges, _ = found(tmp_path, [item("own", "a", tasks="transcribe"), *others])
    assert slugs(edges) == ["job", "tag"]
    assert edges[0]["nearness"] == 2 * edges[1]["nearness"]


def test_the_cost_does_not_grow_with_a_topic(tmp_path: Path) -> None:
    def crowd(size: int) -> list[dict[str, Any]]:
        return [item("own", "common rare"), *(item(f"one-{number:05}", "common") for number in range(size))]

    _, few = found(tmp_path, crowd(1_500))
    _, many = found(tmp_path, crowd(6_000))
    assert many < 1.1 * few


def test_the_best_of_its_kind_are_found_beyond_the_members_that_are_looked_at(tmp_path: Path) -> None:
    crowd = [item(f"one-{number:05}", "common") for number in range(LOOKED_AT + 50)]
    edges, _ = found(tmp_path, [item("own", "common"), *crowd, item("best", "common", **ranked(0.9))])
    assert slugs(edges)[0] == "best"
