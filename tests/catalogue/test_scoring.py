"""Scores and ranks as an import stores them: from figures, by the scorecard that the API hands out."""

from datetime import date
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.lines import SOURCE, line, written
from tests.conftest import Run, Server, change, serving

QUERY = """
query Scores($slug: String!) {
  catalogue { version datedOn scoredOn }
  artifact(slug: $slug) {
    kind updatedOn releasedOn
    rank { exact }
    signals { name history { value observedOn } }
    offers { provider observedOn }
    scores { dimension value basis observedOn stale source { title } signals { name } terms { share score text } }
  }
  scorecard {
    version staleDays windowDays
    dimensions { dimension weight measures { figure kinds method share full halfLifeDays marks } }
  }
}
"""


def seen(name: str, value: float, day: str = "2026-06-30") -> dict[str, Any]:
    """An observation."""
    return {"name": name, "value": value, "observed_on": day, "source": SOURCE}


def known(name: str, **more: Any) -> str:
    """A model of which enough is known to rank it."""
    figures = [seen("downloads_30d", 1e6), seen("likes", 200)]
    return line(name, **({"signals": figures, "updated_on": "2026-06-01"} | more))


def place(figure: float, marks: list[float]) -> float:
    """Where a figure stands among marks that all differ, 0 to 1, with straight lines between them."""
    if figure <= marks[0] or figure >= marks[-1]:
        return float(figure >= marks[-1])
    for step, (low, high) in enumerate(pairwise(marks)):
        if low <= figure <= high:
            return (step + (figure - low) / (high - low)) / (len(marks) - 1)
    raise AssertionError(marks)


def by_hand(answer: dict[str, Any]) -> tuple[dict[str, float], float | None]:
    """The scores and the rank of an artifact, worked out anew from what the API says of figures and scorecard."""
    artifact, card = answer["artifact"], answer["scorecard"]
    figures: dict[str, float] = {}
    for signal in artifact["signals"]:
        newest = date.fromisoformat(signal["history"][0]["observedOn"])
        window = sorted(
            item["value"]
            for item in signal["history"]
            if (newest - date.fromisoformat(item["observedOn"])).days < card["windowDays"]
        )
        figures[signal["name"]] = (window[len(window) // 2] + window[(len(window) - 1) // 2]) / 2
    if artifact["offers"]:
        figures["providers"] = len({offer["provider"] for offer in artifact["offers"]})
    changed = artifact["updatedOn"] or artifact["releasedOn"]
    if changed:
        age = date.fromisoformat(answer["catalogue"]["scoredOn"]) - date.fromisoformat(changed)
        figures["changed_on"] = max(0, age.days)
    scores: dict[str, float] = {}
    weights: dict[str, float] = {}
    for dimension in card["dimensions"]:
        total = share = 0.0
        for measure in dimension["measures"]:
            if measure["kinds"] and artifact["kind"] not in measure["kinds"]:
                continue
            figure = figures.get(measure["figure"])
            if figure is None:
                continue
            if measure["method"] == "LOG":
                score = min(1.0, log(1 + figure) / log(1 + measure["full"]))
            elif measure["method"] == "AGE":
                score = 0.5 ** (figure / measure["halfLifeDays"])
            else:
                score = place(figure, measure["marks"])
            total, share = total + score * measure["share"], share + measure["share"]
        if share:
            scores[dimension["dimension"]] = total / share
            weights[dimension["dimension"]] = dimension["weight"]
    carried = sum(weights.values())
    if carried < 0.5 - 1e-12:
        return scores, None
    return scores, 100 * sum(weights[name] * score for name, score in scores.items()) / carried


def test_a_rank_can_be_worked_out_by_hand(gateway: Run, address: str, tmp_path: Path) -> None:
    swinging = [seen("downloads_30d", value, f"2026-06-{day}") for day, value in ((10, 0), (20, 40), (30, 600_000))]
    offers = [
        {"provider": name, "unit": "1M tokens", "price": 0, "currency": "USD"} | seen("", 0) for name in ("a", "b", "a")
    ]
    for offer in offers:
        del offer["name"], offer["value"]
    lines = [
        known("plain"),
        known("swinging", signals=[*swinging, seen("likes", 3)], offers=offers),
        known("data", kind="DATASET", signals=[seen("downloads_30d", 12_000), seen("models_trained_on", 4)]),
        known("benchmark", kind="BENCHMARK", signals=[seen("likes", 462), seen("models_trained_on", 4)]),
        known("tested", signals=[seen("likes", 30), seen("benchmark_scicode", 35.5), seen("downloads_30d", 8)]),
        known("library", kind="LIBRARY", signals=[seen("stars", 9e4), seen("forks", 10), seen("contributors", 3)]),
        known("undated", updated_on=None, released_on="2020-01-01"),
        line("bare"),
    ]
    gateway("import", written(tmp_path / "a.jsonl", lines))
    with serving(address) as server:
        for slug in ("plain", "swinging", "data", "benchmark", "tested", "library", "undated", "bare"):
            answer = server.data(QUERY, slug=slug)
            scores, rank = by_hand(answer)
            artifact = answer["artifact"]
            told = {score["dimension"]: score["value"] for score in artifact["scores"] if score["value"] is not None}
            assert told == pytest.approx(scores)
            assert (artifact["rank"] and artifact["rank"]["exact"]) == (rank and pytest.approx(rank))
            for score in artifact["scores"]:
                if score["value"] is not None:
                    assert score["basis"] == "DERIVED"
                    assert score["source"]["title"].startswith("Scorecard ")
                    assert sum(term["share"] * term["score"] for term in score["terms"]) == pytest.approx(
                        score["value"]
                    )
        [term] = server.data(QUERY, slug="swinging")["artifact"]["scores"][0]["terms"]
        assert "the median of 3 figures seen from 2026-06-10 to 2026-06-30" in term["text"]
        assert server.data(QUERY, slug="benchmark")["artifact"]["rank"] is not None
        assert server.data(QUERY, slug="bare")["artifact"]["rank"] is None


def test_every_shipped_rank_can_be_worked_out_by_hand(server: Server) -> None:
    page = "{ artifacts(first: 100) { edges { node { slug scores { basis } } } } }"
    derived = [
        edge["node"]["slug"]
        for edge in server.data(page)["artifacts"]["edges"]
        if any(score["basis"] == "DERIVED" for score in edge["node"]["scores"])
    ]
    assert len(derived) >= 10
    for slug in derived:
        answer = server.data(QUERY, slug=slug)
        rank = by_hand(answer)[1]
        assert (answer["artifact"]["rank"] and answer["artifact"]["rank"]["exact"]) == (rank and pytest.approx(rank))


def test_nothing_is_derived_beside_what_somebody_publishes(gateway: Run, address: str, tmp_path: Path) -> None:
    published = {"adoption": {"value": 0.5, "basis": "PUBLISHED", "source": SOURCE}}
    gateway("import", written(tmp_path / "a.jsonl", [known("stated", scores=published)]))
    with serving(address) as server:
        artifact = server.data(QUERY, slug="stated")["artifact"]
        assert [score["basis"] for score in artifact["scores"]] == ["PUBLISHED"] + ["MISSING"] * 4
        assert artifact["scores"][0]["terms"] == []
        assert artifact["rank"] is None


def test_scores_follow_the_figures_of_the_next_import(gateway: Run, address: str, tmp_path: Path) -> None:
    gateway("import", written(tmp_path / "a.jsonl", [known("moves"), known("stays")]))
    with serving(address) as server:
        before = {slug: server.data(QUERY, slug=slug) for slug in ("moves", "stays")}
        assert before["moves"]["artifact"]["rank"] == before["stays"]["artifact"]["rank"]
        more = [seen("downloads_30d", 1e8, "2026-07-31"), seen("likes", 200)]
        ran = gateway("import", written(tmp_path / "b.jsonl", [known("moves", signals=more)]))
        after = {slug: server.data(QUERY, slug=slug) for slug in ("moves", "stays")}
        assert after["moves"]["artifact"]["rank"]["exact"] > before["moves"]["artifact"]["rank"]["exact"]
        assert after["stays"]["artifact"] == before["stays"]["artifact"]
        assert after["stays"]["catalogue"] == {"version": 2, "datedOn": "2026-07-31", "scoredOn": "2026-06-30"}
        assert "Scores stand at 2026-06-30, and the newest figure is of 2026-07-31" in ran.stdout
        gateway("import", written(tmp_path / "c.jsonl", [known("moves")]))
        assert server.data(QUERY, slug="moves")["artifact"] == before["moves"]["artifact"]


def test_rescore_moves_the_day_and_nothing_else_does(gateway: Run, address: str, tmp_path: Path) -> None:
    newer = known("newer", signals=[seen("likes", 5, "2026-08-01")], updated_on="2026-08-01")
    figures = [seen("downloads_30d", 1e6, "2025-06-30"), seen("likes", 200, "2025-06-30")]
    old = known("old", signals=figures, updated_on="2025-06-01")
    gateway("import", written(tmp_path / "a.jsonl", [old]))
    gateway("import", written(tmp_path / "b.jsonl", [newer]))
    with serving(address) as server:
        before = server.data(QUERY, slug="old")
        scores = {score["dimension"]: score for score in before["artifact"]["scores"]}
        assert scores["FRESHNESS"]["value"] == pytest.approx(0.5 ** (29 / 365))
        assert [scores[name]["stale"] for name in ("ADOPTION", "ECOSYSTEM")] == [False, None]
        ran = gateway("rescore")
        assert ran.stdout == (
            "Ages were measured at 2025-06-30 and are measured at 2026-08-01. The catalogue is at version 3.\n"
        )
        after = server.data(QUERY, slug="old")
        scores = {score["dimension"]: score for score in after["artifact"]["scores"]}
        assert scores["FRESHNESS"]["value"] == pytest.approx(0.5 ** (426 / 365))
        assert scores["ADOPTION"]["stale"] is True
        assert after["artifact"]["rank"]["exact"] == pytest.approx(by_hand(after)[1])
        assert gateway("rescore").stdout.endswith("version 3.\n")
        assert gateway("rescore", "--at", "2025-06-30").stdout.endswith("version 4.\n")
        again = server.data(QUERY, slug="old")
        assert again["artifact"] == before["artifact"]


def test_the_first_day_is_the_day_of_what_came_without_one(gateway: Run, address: str, tmp_path: Path) -> None:
    gateway("import", written(tmp_path / "a.jsonl", [line("undated", updated_on="2026-06-01")]))
    gateway("import", written(tmp_path / "b.jsonl", [known("dated")]))
    with serving(address) as server:
        answer = server.data(QUERY, slug="undated")
        assert answer["catalogue"] == {"version": 2, "datedOn": "2026-06-30", "scoredOn": "2026-06-30"}
        [freshness] = [score for score in answer["artifact"]["scores"] if score["dimension"] == "FRESHNESS"]
        assert freshness["value"] == pytest.approx(0.5 ** (29 / 365))


@pytest.mark.on_sqlite
def test_an_older_catalogue_in_its_place_is_told_of(gateway: Run, tmp_path: Path) -> None:
    gateway("import", written(tmp_path / "a.jsonl", [known("now")]))
    older = known("now", signals=[seen("likes", 200, "2025-01-31")])
    ran = gateway("import", "--replace", written(tmp_path / "b.jsonl", [older]))
    assert "Scores stand at 2026-06-30, and the newest figure is of 2025-01-31" in ran.stdout
    assert "`gateway rescore` moves them there" in ran.stdout
    gateway("rescore")
    again = gateway("import", written(tmp_path / "c.jsonl", [older]))
    assert "Scores stand" not in again.stdout


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("arguments", "code"), [(("--at", "soon"), "BAD_DAY"), ((), "NO_CATALOGUE"), (("--at", "2026-13-01"), "BAD_DAY")]
)
def test_rescore_says_what_is_wrong(gateway: Run, arguments: tuple[str, ...], code: str) -> None:
    ran = gateway("rescore", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"{code}: ")


def test_what_was_derived_is_not_exported_as_if_it_were_stated(gateway: Run, address: str, tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", [known("derived")])
    gateway("import", file)
    ran = gateway("export")
    assert '"scores"' not in ran.stdout
    assert "0 added, 0 changed, 1 unchanged" in gateway("import", written(tmp_path / "b.jsonl", [ran.stdout])).stdout


def test_what_was_removed_is_in_no_list_unless_it_is_asked_for(gateway: Run, address: str, tmp_path: Path) -> None:
    lines = [known("here", availability="AVAILABLE"), known("gone", availability="REMOVED"), known("unsaid")]
    gateway("import", written(tmp_path / "a.jsonl", lines))
    query = "{ artifacts%s { totalCount edges { node { slug availability } } } }"
    with serving(address) as server:
        found = server.data(query % "")["artifacts"]
        assert [edge["node"]["slug"] for edge in found["edges"]] == ["here", "unsaid"]
        assert found["totalCount"] == 2
        asked = server.data(query % "(filter: {availabilities: [REMOVED]})")["artifacts"]
        assert [edge["node"] for edge in asked["edges"]] == [{"slug": "gone", "availability": "REMOVED"}]
        assert server.data('{ artifact(slug: "gone") { availability } }')["artifact"] == {"availability": "REMOVED"}


def test_scores_follow_the_scorecard_of_the_gateway(shipped: str) -> None:
    slugs = ("the-pile", "pytorch")
    with serving(shipped) as server:
        before = {slug: server.data(QUERY, slug=slug) for slug in slugs}
    change(
        shipped,
        "UPDATE catalogue SET scorecard = 'older'",
        "UPDATE artifact SET rank = 1, rank_order = -1",
        "UPDATE score SET value = 0.5, scorecard = 'older' WHERE scorecard IS NOT NULL",
    )
    with serving(shipped) as server:
        for slug in slugs:
            after = server.data(QUERY, slug=slug)
            assert after["artifact"] == before[slug]["artifact"]
            assert after["catalogue"]["version"] == before[slug]["catalogue"]["version"] + 1
