"""Every problem of a catalogue is told with its place, its key, what was found and what would be right."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.lines import SOURCE, line
from tests.conftest import GATEWAY, Make, Run, change, environment

DAY = "2026-01-02"
CAPABILITY = {"slug": "same", "name": "Same", "description": "The same thing."}

OFFER = {"provider": "p", "unit": "u", "price": 1, "currency": "USD", "observed_on": DAY, "source": SOURCE}


def scored(value: Any, **more: Any) -> dict[str, Any]:
    return {"quality": {"value": value, "basis": "PUBLISHED", "source": SOURCE} | more}


def signal(**more: Any) -> dict[str, Any]:
    return {"name": "likes", "value": 1, "observed_on": DAY, "source": SOURCE} | more


def without(data: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != key}


NEVER_JSON = line("a-not-json")[:-1]
CASES: dict[str, tuple[str | bytes, str, tuple[str, ...]]] = {
    "unknown key": (line("a1", sumary="x"), "sumary", ("did you mean summary",)),
    "unknown key inside": (
        line("a2", capabilities=[CAPABILITY | {"tag": []}]),
        "capabilities.0.tag",
        ("no such key", "schema --catalogue"),
    ),
    "missing key": ('{"slug": "a3", "kind": "MODEL"}', "name", ("missing", "required")),
    "bad kind": (line("a4", kind="MODLE"), "kind", ('found "MODLE"', "FINE_TUNE", "MODEL")),
    "bad slug": (line("A 5"), "slug", ('found "A 5"', "the-pile", "lower case")),
    "score above 1": (line("a6", scores=scored(1.5)), "scores.quality.value", ("found 1.5", "less than or equal to 1")),
    "score below 0": (line("a7", scores=scored(-0.1)), "scores.quality.value", ("found -0.1", "greater than")),
    "not a number": (line("a8", scores=scored(float("nan"))), "scores.quality.value", ("found NaN", "right would be")),
    "infinite": (line("a9", signals=[signal(value=float("inf"))]), "signals.0.value", ("found Infinity", "finite")),
    "no such day": (line("b1", released_on="2020-13-01"), "released_on", ('found "2020-13-01"', "month")),
    "seconds for a day": (line("b2", released_on=1577836800), "released_on", ("found 1577836800", "YYYY-MM-DD")),
    "text for a number": (line("b3", scores=scored("0.5")), "scores.quality.value", ('found "0.5"', "number")),
    "truth for a number": (line("b4", signals=[signal(value=True)]), "signals.0.value", ("found true", "number")),
    "no date": (line("b5", signals=[without(signal(), "observed_on")]), "signals.0.observed_on", ("is missing",)),
    "no source": (line("b6", signals=[without(signal(), "source")]), "signals.0.source", ("is missing",)),
    "score without source": (
        line("b7", scores={"quality": {"value": 1, "basis": "PUBLISHED"}}),
        "scores.quality.source",
        ("is missing",),
    ),
    "basis": (
        line("b8", scores=scored(1, basis="MISSING")),
        "scores.quality.basis",
        ('found "MISSING"', "right would be PUBLISHED or DERIVED"),
    ),
    "dimension": (line("b9", scores={"qualty": scored(1)["quality"]}), "scores.qualty", ("quality",)),
    "not JSON": (NEVER_JSON, "", ("not JSON",)),
    "not an object": ("[1, 2]", "", ("found [1,2]", "one JSON object")),
    "bad UTF-8": (b'{"slug": "c1", "name": "\xff", "kind": "MODEL"}', "", ("byte 25 is not UTF-8",)),
    "alias twice": (line("c2", aliases=["same", "same"]), "aliases", ("same stands there twice", "once")),
    "capability twice": (
        line("c3", capabilities=[CAPABILITY, CAPABILITY]),
        "capabilities",
        ("same stands there twice",),
    ),
    "signal of a day twice": (
        line("c4", signals=[signal(), signal(value=2)]),
        "signals",
        (f"likes of {DAY} stands there twice",),
    ),
    "attribute key": (line("c5", attributes={"Rows": 1}), "attributes.Rows", ("downloads_30d", "lower case")),
    "attribute value": (
        line("c6", attributes={"rows": {"value": {"a": 1}}}),
        "attributes.rows.value",
        ("a text, true or false, or a list of texts",),
    ),
    "address": (line("c7", homepage="ftp://example.org"), "homepage", ('found "ftp://example.org"', "https://")),
    "currency": (
        line("c8", offers=[OFFER | {"currency": "dollar"}]),
        "offers.0.currency",
        ('found "dollar"', "USD"),
    ),
    "signal still to come": (
        line("d1", signals=[signal(observed_on="2099-06-01")]),
        "signals.0.observed_on",
        ('found "2099-06-01"', "a day that has been"),
    ),
    "offer still to come": (
        line("d2", offers=[OFFER | {"observed_on": "2099-06-01"}]),
        "offers.0.observed_on",
        ("a day that has been",),
    ),
    "attribute still to come": (
        line("d3", attributes={"rows": {"value": 1, "observed_on": "2099-06-01"}}),
        "attributes.rows.observed_on",
        ("a day that has been",),
    ),
    "score still to come": (
        line("d4", scores=scored(1, observed_on="2099-06-01")),
        "scores.quality.observed_on",
        ("a day that has been",),
    ),
    "change still to come": (line("d5", updated_on="2099-06-01"), "updated_on", ("a day that has been",)),
    "negative signal": (
        line("d6", signals=[signal(value=-5)]),
        "signals.0.value",
        ("found -5", "right would be 0 or more", "benchmark_"),
    ),
    "slug again": (line("c9"), "slug", ("c9 stands in bad.jsonl:36 already",)),
}
"""A line, the key at fault, and what has to be said of it. The file has a line for the good c9 behind them."""


@pytest.fixture(scope="module")
def told(new_address: Make, tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """What one import says of a file with all of the cases, by line."""
    folder = tmp_path_factory.mktemp("problems")
    lines = [text if isinstance(text, bytes) else text.encode() for text, _, _ in CASES.values()]
    last = lines.pop()
    lines += [b"", line("c9").encode(), last]
    (folder / "bad.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    ran = subprocess.run(
        [GATEWAY, "import", "bad.jsonl"],
        cwd=folder,
        env=environment(database_url=new_address()),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    found: dict[int, list[str]] = {}
    for text in ran.stderr.removeprefix("BAD_CATALOGUE: ").splitlines()[:-1]:
        place = re.match(r"bad\.jsonl:(\d+): (.*)", text)
        assert place is not None, text
        found.setdefault(int(place.group(1)), []).append(place.group(2))
    return found


@pytest.mark.parametrize("case", CASES)
def test_problem_is_told(case: str, told: dict[int, list[str]]) -> None:
    _, key, parts = CASES[case]
    number = list(CASES).index(case) + 1
    if case == "slug again":
        number += 2
    messages = told[number]
    assert len(messages) == 1, messages
    assert messages[0].startswith(f"{key}: " if key else "")
    for part in parts:
        assert part in messages[0]


@pytest.mark.on_sqlite
def test_a_planned_release_tomorrow_and_a_test_that_takes_points_off_are_right(gateway: Run) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    taken = [signal(name="benchmark_guessing", value=-12.5, observed_on=tomorrow)]
    ran = gateway("validate", "-", input=line("planned", released_on="2099-06-01", signals=taken))
    assert (ran.returncode, ran.stdout) == (0, "1 artifacts, nothing wrong.\n")


def test_what_is_stored_already_can_be_exported_whatever_is_refused_now(gateway: Run, address: str) -> None:
    gateway("import", "-", input=line("old", signals=[signal()]))
    change(address, "UPDATE signal SET value = -5, observed_on = '2099-06-01'")
    ran = gateway("export")
    assert '"value":-5,"observed_on":"2099-06-01"' in ran.stdout


def test_good_and_empty_lines_are_not_told(told: dict[int, list[str]]) -> None:
    assert len(told) == len(CASES)


def test_alias_that_leads_elsewhere_already(gateway: Run) -> None:
    lines = [line("a1"), line("z1", aliases=["a1"]), line("z2"), line("a2", aliases=["z2"])]
    lines += [line("a3", aliases=["both"]), line("z3", aliases=["both"])]
    ran = gateway("import", "-", input="\n".join(lines))
    assert ran.returncode == 2
    told = dict(
        text.split(": aliases: ") for text in sorted(ran.stderr.replace("BAD_CATALOGUE: ", "").splitlines()[:-1])
    )
    assert list(told) == ["<stdin>:2", "<stdin>:4", "<stdin>:6"]
    for text, names in zip(told.values(), (("a1", "z1"), ("z2", "a2"), ("both", "a3", "z3")), strict=True):
        assert all(name in text for name in names)


@pytest.mark.on_sqlite
def test_alias_is_told_beside_another_problem(gateway: Run) -> None:
    ran = gateway("import", "-", input="\n".join([line("aa", kind="NIX"), line("bb"), line("cc", aliases=["bb"])]))
    assert "<stdin>:1: kind:" in ran.stderr
    assert "<stdin>:3: aliases:" in ran.stderr


def test_alias_of_what_is_stored_already(gateway: Run) -> None:
    gateway("import", "-", input=line("stored", aliases=["known"]))
    ran = gateway("import", "-", input=f"\n{line('new', aliases=['stored', 'known'])}\n")
    assert ran.stderr.count("<stdin>:2: aliases: ") == 2, ran.stderr


@pytest.mark.on_sqlite
def test_same_slug_in_two_files_names_both(gateway: Run, tmp_path: Path) -> None:
    for name in ("1.jsonl", "2.jsonl"):
        (tmp_path / name).write_text(f"\n{line('same')}\n")
    ran = gateway("import", "1.jsonl", "2.jsonl")
    assert ran.stderr.startswith("BAD_CATALOGUE: 2.jsonl:2: slug: same stands in 1.jsonl:2 already")


@pytest.mark.on_sqlite
def test_number_beyond_64_bits_is_a_problem(gateway: Run) -> None:
    text = '{"slug": "big", "name": "Big", "kind": "MODEL", "attributes": {"rows": 123456789012345678901234567890}}'
    ran = gateway("validate", "-", input=text)
    assert "Traceback" not in ran.stderr
    assert ran.returncode == 2
    assert ran.stderr.startswith("BAD_CATALOGUE: <stdin>:1: attributes.rows")


@pytest.mark.on_sqlite
def test_the_character_nul_is_a_problem(gateway: Run) -> None:
    ran = gateway("validate", "-", input=line("nul", summary="a\0b"))
    assert (ran.returncode, ran.stderr[:34]) == (2, "BAD_CATALOGUE: <stdin>:1: summary:")


@pytest.mark.on_sqlite
def test_the_first_fifty_are_listed_and_all_are_counted(gateway: Run) -> None:
    ran = gateway("import", "-", input="\n".join(["{}"] * 30))
    listed = [text for text in ran.stderr.splitlines() if "<stdin>:" in text]
    assert len(listed) == 50
    assert ran.stderr.splitlines()[-2:] == ["... and 40 more", "90 problems; nothing was taken."]


@pytest.mark.on_sqlite
def test_line_of_five_megabytes(gateway: Run, tmp_path: Path) -> None:
    text = "\n".join([line("one"), line("long", summary="x" * 5_000_000), line("three", kind="NIX")])
    (tmp_path / "long.jsonl").write_text(text)
    ran = gateway("import", "long.jsonl")
    assert ran.returncode == 2
    said = ran.stderr.splitlines()
    assert said[0] == "BAD_CATALOGUE: long.jsonl:2: the line is longer than 4,000,000 bytes"
    assert said[1].startswith("long.jsonl:3: kind: ")
    assert said[2] == "2 problems; nothing was taken."


@pytest.mark.on_sqlite
def test_file_that_cannot_be_read(gateway: Run) -> None:
    ran = gateway("import", "nowhere.jsonl")
    assert ran.returncode == 2
    assert ran.stderr.startswith("NO_SUCH_FILE: nowhere.jsonl cannot be read: ")
    assert ran.stderr.count("\n") == 1
