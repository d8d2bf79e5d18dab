"""Every caveat, where it applies and where it does not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from schema.rules.caveats import Case, Caveat, Contender, caveats
from schema.rules.preference import HeadToHead, Tally
from schema.rules.scoring import Scored, standing, weighting
from schema.rules.verdict import judge
from schema.rules.vocabulary import ArtifactKind, Availability, Basis, CaveatCode, Dimension, LicenseUse

EVEN = weighting(dict.fromkeys(Dimension, 1.0))
AS_OF = date(2026, 6, 1)


def known(score: float, basis: Basis = Basis.PUBLISHED) -> dict[Dimension, Scored]:
    """The same score on every dimension."""
    return {dimension: Scored(score, basis) for dimension in Dimension}


BEST = Contender(
    name="Best",
    scores=known(0.9),
    kind=ArtifactKind.MODEL,
    availability=Availability.AVAILABLE,
    license_use=LicenseUse.OPEN,
    license="MIT",
    newest_figure=date(2026, 5, 1),
)
OTHER = replace(BEST, name="Other", scores=known(0.5))


def without(missing: Dimension) -> dict[Dimension, Scored]:
    """The other artifact's scores but one."""
    return {dimension: scored for dimension, scored in OTHER.scores.items() if dimension is not missing}


def told(*found: Contender, tally: Tally | None = None) -> list[Caveat]:
    """The caveats of a comparison."""
    scores = [{d: scored.value for d, scored in one.scores.items()} for one in found]
    verdict = judge(standing(scores, EVEN))
    return caveats(Case(found, verdict.standing, EVEN, verdict.margin, AS_OF, 365, verdict.winner, tally))


def test_two_that_are_alike_in_all_that_matters_have_no_caveat() -> None:
    assert told(BEST, OTHER) == []


CASES: list[tuple[dict[str, Any], CaveatCode, tuple[int, ...], str]] = [
    ({"kind": ArtifactKind.DATASET}, CaveatCode.DIFFERENT_KINDS, (0, 1), "Other is listed as Dataset"),
    ({"scores": known(0.895)}, CaveatCode.CLOSE_CALL, (0, 1), "under 2 points"),
    ({"scores": without(Dimension.QUALITY)}, CaveatCode.SPARSE_DATA, (1,), "Other: quality"),
    ({"scores": {}}, CaveatCode.SPARSE_DATA, (1,), "Too few scores to rank Other"),
    ({"scores": known(0.5, Basis.DERIVED)}, CaveatCode.MIXED_BASIS, (0, 1), "derived"),
    ({"newest_figure": date(2025, 5, 31)}, CaveatCode.STALE_SIGNALS, (1,), "2025-05-31"),
    (
        {"scores": known(0.5) | {Dimension.QUALITY: Scored(0.5, Basis.PUBLISHED, date(2024, 3, 1))}},
        CaveatCode.STALE_SIGNALS,
        (1,),
        "old figures on quality (2024-03-01)",
    ),
    ({"newest_figure": None}, CaveatCode.NO_SIGNALS, (1,), "No dated figure stands behind Other"),
    ({"availability": Availability.REMOVED}, CaveatCode.NOT_AVAILABLE, (1,), "no longer handed out"),
    ({"availability": Availability.PARTIAL}, CaveatCode.NOT_AVAILABLE, (1,), "in part"),
    ({"license_use": LicenseUse.NON_COMMERCIAL}, CaveatCode.RESTRICTED_LICENSE, (1,), "commercially (MIT)"),
    ({"license_use": LicenseUse.RESTRICTED}, CaveatCode.RESTRICTED_LICENSE, (1,), "under conditions"),
    ({"license_use": LicenseUse.PROPRIETARY}, CaveatCode.RESTRICTED_LICENSE, (1,), "owner's terms"),
    ({"license_use": None}, CaveatCode.LICENSE_UNKNOWN, (1,), "not recorded"),
]


@pytest.mark.parametrize(("change", "code", "columns", "words"), CASES)
def test_each_caveat_is_told_where_it_applies(
    change: dict[str, Any], code: CaveatCode, columns: tuple[int, ...], words: str
) -> None:
    found = told(BEST, replace(OTHER, **change))
    assert [(caveat.code, caveat.columns) for caveat in found] == [(code, columns)]
    assert words in found[0].text


def against(wins: int, losses: int) -> Tally:
    """What so many searchers say against the winner, and so many for it."""
    return Tally(wins + losses, {(1, 0): HeadToHead(wins=wins), (0, 1): HeadToHead(wins=losses)})


def test_searches_that_clearly_prefer_another_are_told() -> None:
    found = told(BEST, OTHER, tally=against(9, 1))
    assert [(caveat.code, caveat.columns) for caveat in found] == [(CaveatCode.SEARCHES_DISAGREE, (0, 1))]
    assert found[0].text == "9 of 10 searchers prefer Other to Best: 90 %, or with 95 % confidence 60 to 98 %."


@pytest.mark.parametrize(("wins", "losses"), [(0, 0), (3, 0), (8, 2), (1, 9), (52, 48)])
def test_searches_that_leave_it_open_or_agree_are_no_caveat(wins: int, losses: int) -> None:
    assert told(BEST, OTHER, tally=against(wins, losses)) == []


def test_every_code_has_a_case_here() -> None:
    assert {code for _, code, _, _ in CASES} | {CaveatCode.SEARCHES_DISAGREE} == set(CaveatCode)


def test_a_year_is_not_yet_stale() -> None:
    assert told(BEST, replace(OTHER, newest_figure=date(2025, 6, 1))) == []


@pytest.mark.parametrize("availability", [Availability.AVAILABLE, Availability.GATED, Availability.UNKNOWN])
def test_what_can_be_had_or_is_not_known_to_be_gone_is_no_caveat(availability: Availability) -> None:
    assert told(BEST, replace(OTHER, availability=availability)) == []


def test_the_caveats_of_both_are_told_in_the_order_of_their_codes() -> None:
    gone: dict[str, Any] = {"availability": Availability.REMOVED, "license_use": None}
    found = told(replace(BEST, **gone), replace(OTHER, **gone))
    assert [caveat.code.name for caveat in found] == ["NOT_AVAILABLE"] * 2 + ["LICENSE_UNKNOWN"] * 2
