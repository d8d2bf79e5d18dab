"""Records of foreign sources become one artifact where they name the same one, and only there."""

from collections.abc import Iterator
from typing import Any

import pytest

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import Addition, Identified, LeftOut
from gateway.catalogue.joining import join
from gateway.catalogue.merging import merged
from gateway.catalogue.problems import Place
from gateway.catalogue.shipped import shipped_scorecard
from gateway.catalogue.writing import export
from gateway.database import Database, open_database

SOURCE = {"title": "made for the test"}


def line(slug: str, **more: Any) -> ArtifactLine:
    """A line with what has to be there, and what is given."""
    return ArtifactLine.model_validate({"slug": slug, "name": slug, "kind": "MODEL"} | more)


def likes(value: float, day: str) -> dict[str, Any]:
    """An observation of one signal."""
    return {"name": "likes", "value": value, "observed_on": day, "source": SOURCE}


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An empty catalogue."""
    opened = open_database(address)
    yield opened
    opened.close()


def joined(database: Database, *lines: ArtifactLine) -> tuple[dict[str, ArtifactLine], LeftOut]:
    """What the catalogue holds after some lines have joined it, and what was left out."""
    left_out = LeftOut()
    join(database, [(Place("x", 1), item) for item in lines], shipped_scorecard(), left_out)
    with database.reading() as connection:
        found = [ArtifactLine.model_validate_json(text) for text in export(connection)]
    return {item.slug: item for item in found}, left_out


def test_what_is_known_stays_and_what_is_new_is_added() -> None:
    old = line(
        "a",
        summary="Old.",
        signals=[likes(1, "2026-01-01")],
        attributes={"rows": 1},
        tasks=["x"],
        uses=["do x"],
        updated_on="2026-01-01",
    )
    new = line(
        "a", summary="New.", publisher="P", signals=[likes(9, "2026-01-01"), likes(2, "2026-01-02")],
        attributes={"rows": 2, "files": 3}, tasks=["y", "x"], uses=["do y", "do x"],
    )  # fmt: skip
    one = merged(old, new)
    assert (one.summary, one.publisher) == ("Old.", "P")
    assert (one.tasks, one.uses) == (["x", "y"], ["do x", "do y"])
    assert str(one.updated_on) == "2026-01-01"
    assert [(signal.value, signal.observed_on.day) for signal in one.signals] == [(1, 1), (2, 2)]
    assert one.attributes == {"rows": 1, "files": 3}


def test_merging_twice_is_merging_once() -> None:
    old, new = line("a", aliases=["A"], signals=[likes(1, "2026-01-01")]), line("b", aliases=["A", "B"])
    once = merged(old, new)
    assert (once.slug, sorted(once.aliases)) == ("a", ["A", "B", "b"])
    assert merged(once, new).canonical() == once.canonical()


def test_an_alias_joins_what_it_names_to_the_letter(database: Database) -> None:
    joined(database, line("gpt2", aliases=["openai-community/gpt2"]))
    found, _ = joined(database, line("other-name", aliases=["openai-community/gpt2"], publisher="OpenAI"))
    assert list(found) == ["gpt2"]
    assert found["gpt2"].publisher == "OpenAI"


def test_likeness_joins_nothing(database: Database) -> None:
    found, _ = joined(database, line("gpt2", aliases=["GPT-2"]), line("gpt-2", aliases=["gpt-2"]), line("gpt2-xl"))
    assert sorted(found) == ["gpt-2", "gpt2", "gpt2-xl"]


def test_a_record_with_the_names_of_two_artifacts_makes_them_one(database: Database) -> None:
    older = line("a", aliases=["A"], publisher="P", signals=[likes(1, "2026-01-01")])
    newer = line("b", aliases=["B", "C"], publisher="Q", signals=[likes(2, "2026-01-02")], tasks=["t"])
    joined(database, older)
    joined(database, newer, offer("C"))
    bridge = line("c", aliases=["B", "A"])
    report = join(database, [(Place("x", 1), bridge)], shipped_scorecard(), LeftOut())
    assert (report.added, report.changed, report.removed) == (0, 1, 1)
    found, left_out = joined(database, bridge, newer, older)
    assert (list(found), left_out) == (["a"], LeftOut())
    one = found["a"]
    assert (one.publisher, one.tasks, sorted(one.aliases)) == ("P", ["t"], ["A", "B", "C", "b", "c"])
    assert [signal.value for signal in one.signals] == [1, 2]
    assert [item.provider for item in one.offers] == ["Shop"]


def test_a_record_makes_no_two_things_of_different_sorts_one(database: Database) -> None:
    found, left_out = joined(
        database,
        line("a", kind="DATASET", aliases=["A"]),
        line("b", aliases=["B"]),
        line("c", aliases=["A", "B"], publisher="P"),
    )
    assert {slug: item.publisher for slug, item in found.items()} == {"a": None, "b": "P"}
    assert left_out.parts == {"aliases: leads to another artifact already": 1}


def test_a_slug_made_from_another_id_joins_nothing(database: Database) -> None:
    first, second = (
        line("acme-big-model", aliases=["acme/big-model"]),
        line("acme-big-model", aliases=["acme-big/model"]),
    )
    joined(database, first)
    found, left_out = joined(database, second)
    assert {slug[:14]: item.aliases for slug, item in found.items()} == {"acme-big-model": ["acme-big/model"]}
    assert sorted(item.aliases for item in found.values()) == [["acme-big/model"], ["acme/big-model"]]
    assert left_out == LeftOut()
    assert joined(database, second, first)[0] == found


def test_a_slug_that_is_an_id_joins_what_has_it(database: Database) -> None:
    joined(database, line("gpt2", aliases=["GPT-2"]), line("bert", aliases=["BERT"]))
    data = {"slug": "gpt2", "name": "gpt2", "kind": "MODEL", "aliases": ["openai-community/gpt2"]}
    old = Identified.model_validate(data)
    found, _ = joined(database, old, line("bert", publisher="P"))
    assert (sorted(found), found["bert"].publisher) == (["bert", "gpt2"], "P")
    assert sorted(found["gpt2"].aliases) == ["GPT-2", "openai-community/gpt2"]


def test_records_of_one_file_become_one_artifact(database: Database) -> None:
    days = [line("a", signals=[likes(day, f"2026-01-{day:02d}")]) for day in range(1, 29)]
    found, _ = joined(database, *days)
    assert [signal.value for signal in found["a"].signals] == list(range(1, 29))


def test_joining_again_changes_nothing(database: Database) -> None:
    # A database gives back a whole float of up to 64 bits as a whole number.
    large = {"compute": 4.7e17, "more": 9.1e18, "most": 3.8e25, "part": 0.5}
    lines = [line("a", aliases=["A"], signals=[likes(1, "2026-01-01")]), line("b", tasks=["t"], attributes=large)]
    joined(database, *lines)
    report = join(database, [(Place("x", 1), item) for item in lines], shipped_scorecard(), LeftOut())
    assert (report.added, report.changed, report.unchanged, report.version) == (0, 0, 2, 1)


@pytest.mark.parametrize("kind", ["DATASET", "BENCHMARK", "LIBRARY", "FRAMEWORK", "MCP_SERVER"])
def test_what_is_no_model_is_never_joined_to_one(database: Database, kind: str) -> None:
    joined(database, line("whisper", kind="MODEL", aliases=["somebody/whisper"]))
    for twin in (line("whisper", kind=kind), line("speech", kind=kind, aliases=["somebody/whisper"])):
        found, left_out = joined(database, twin)
        assert list(found) == ["whisper"]
        assert sum(left_out.records.values()) == 1


def offer(name: str) -> Addition:
    """A line that only adds an offer to what has a name."""
    priced = {"provider": "Shop", "unit": "1M input tokens", "price": 1, "currency": "USD", "observed_on": "2026-01-01"}
    data = {
        "slug": "some-slug",
        "name": name,
        "kind": "MODEL",
        "aliases": [name],
        "offers": [priced | {"source": SOURCE}],
    }
    return Addition.model_validate(data)


def test_an_addition_joins_what_has_its_name_and_brings_no_names(database: Database) -> None:
    joined(database, line("gpt2", aliases=["openai-community/gpt2"]))
    found, left_out = joined(database, offer("openai-community/gpt2"))
    assert (list(found), found["gpt2"].aliases) == (["gpt2"], ["openai-community/gpt2"])
    assert [item.provider for item in found["gpt2"].offers] == ["Shop"]
    assert (left_out.within.total(), left_out.records.total()) == (1, 0)


def test_an_addition_joins_a_line_of_its_own_import(database: Database) -> None:
    found, left_out = joined(database, line("gpt2", aliases=["openai-community/gpt2"]), offer("openai-community/gpt2"))
    assert (len(found["gpt2"].offers), left_out.within.total()) == (1, 1)


def test_an_addition_makes_no_artifact(database: Database) -> None:
    joined(database, line("some-slug"), line("set", kind="DATASET", aliases=["a/set"]))
    found, left_out = joined(database, offer("a/nowhere"), offer("A/Set"), offer("a/set"))
    assert [item.offers for item in found.values()] == [[], []]
    assert (left_out.within.total(), left_out.records.total()) == (0, 3)


@pytest.mark.parametrize(
    ("kind", "other"), [("BENCHMARK", "DATASET"), ("FRAMEWORK", "LIBRARY"), ("PRODUCT", "MODEL"), ("CLI", "LIBRARY")]
)
def test_kinds_that_sources_take_for_each_other_join(database: Database, kind: str, other: str) -> None:
    joined(database, line("thing", kind=kind, aliases=["somebody/thing"]))
    found, _ = joined(database, line("somebody-thing", kind=other, aliases=["somebody/thing"], publisher="P"))
    assert list(found) == ["thing"]
    assert (found["thing"].kind, found["thing"].publisher) == (kind, "P")
