"""What a reader should know before acting on a verdict: one small rule for each caveat."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schema.rules.deriving import stale
from schema.rules.preference import Tally, preferred
from schema.rules.scoring import Scored, Standing, Weighting
from schema.rules.vocabulary import ArtifactKind, Availability, CaveatCode, Dimension, LicenseUse
from schema.rules.words import listed, spoken, titled

CLOSE_POINTS = 2.0
"""Points of rank. An error of 0.01 in each score moves a rank by up to one point, so two ranks that are closer than
two points may have changed places."""


@dataclass(frozen=True, slots=True)
class Contender:
    """What a verdict looks at of one artifact. None stands for what is not known."""

    name: str
    scores: dict[Dimension, Scored]
    kind: ArtifactKind | None = None
    availability: Availability = Availability.UNKNOWN
    license_use: LicenseUse | None = None
    license: str | None = None
    newest_figure: date | None = None


@dataclass(frozen=True, slots=True)
class Caveat:
    """A code for programs, a sentence for people, and the columns it is about."""

    code: CaveatCode
    text: str
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """All that the caveats are worked out from. `winner` is a column, and `margin` its lead in points of rank.

    `tally` is what searches say, None where nobody has searched.

    `as_of` is the day the catalogue is scored at; a figure that is more than `stale_days` older is stale.
    """

    contenders: Sequence[Contender]
    standing: Standing
    weights: Weighting
    margin: float | None
    as_of: date
    stale_days: int
    winner: int | None = None
    tally: Tally | None = None


def caveats(case: Case) -> list[Caveat]:
    """Every caveat that applies, in the order of their codes."""
    order = list(CaveatCode)
    return sorted((found for rule in RULES for found in rule(case)), key=lambda caveat: order.index(caveat.code))


def _different_kinds(case: Case) -> Iterator[Caveat]:
    kinds = [contender.kind for contender in case.contenders]
    if len(set(kinds)) > 1:
        described = [f"{c.name} is listed as {titled(c.kind.name)}" for c in case.contenders if c.kind is not None]
        yield Caveat(
            CaveatCode.DIFFERENT_KINDS,
            f"They are different kinds of thing: {listed(described)}.",
            tuple(range(len(kinds))),
        )


def _close_call(case: Case) -> Iterator[Caveat]:
    if case.margin is not None and case.margin < CLOSE_POINTS:
        yield Caveat(
            CaveatCode.CLOSE_CALL,
            f"The lead is under {CLOSE_POINTS:g} points of 100, which rounding of the scores could explain.",
            tuple(index for index, rank in enumerate(case.standing.ranks) if rank is not None),
        )


def _sparse_data(case: Case) -> Iterator[Caveat]:
    unranked = tuple(index for index, rank in enumerate(case.standing.ranks) if rank is None)
    if unranked:
        names = listed([case.contenders[index].name for index in unranked])
        yield Caveat(CaveatCode.SPARSE_DATA, f"Too few scores to rank {names} here.", unranked)
    missing = [d for d in Dimension if case.weights[d] > 0 and d not in case.standing.shared]
    without = tuple(
        index
        for index, contender in enumerate(case.contenders)
        if index not in unranked and any(dimension not in contender.scores for dimension in missing)
    )
    if without:
        names = listed([case.contenders[index].name for index in without])
        dimensions = listed([spoken(dimension.name) for dimension in missing])
        yield Caveat(
            CaveatCode.SPARSE_DATA, f"Not compared, because scores are missing for {names}: {dimensions}.", without
        )


def _mixed_basis(case: Case) -> Iterator[Caveat]:
    taking_part = [index for index, rank in enumerate(case.standing.ranks) if rank is not None]
    mixed = [
        dimension
        for dimension in case.standing.shared
        if len({case.contenders[index].scores[dimension].basis for index in taking_part}) > 1
    ]
    if mixed:
        yield Caveat(
            CaveatCode.MIXED_BASIS,
            f"Some scores were published and others derived, on {listed([spoken(d.name) for d in mixed])}.",
            tuple(taking_part),
        )


def _figures(case: Case) -> Iterator[Caveat]:
    for index, contender in enumerate(case.contenders):
        newest = contender.newest_figure
        if newest is None:
            yield Caveat(CaveatCode.NO_SIGNALS, f"No dated figure stands behind {contender.name}.", (index,))
        elif stale(newest, case.as_of, case.stale_days):
            yield Caveat(
                CaveatCode.STALE_SIGNALS,
                f"The newest figure behind {contender.name} is of {newest.isoformat()}.",
                (index,),
            )
        elif case.standing.ranks[index] is not None:
            days = [(d, contender.scores[d].observed_on) for d in case.standing.shared]
            old = [f"{d.spoken} ({day})" for d, day in days if day and stale(day, case.as_of, case.stale_days)]
            if old:
                text = f"{contender.name} is compared by old figures on {listed(old)}."
                yield Caveat(CaveatCode.STALE_SIGNALS, text, (index,))


def _availability(case: Case) -> Iterator[Caveat]:
    words = {
        Availability.REMOVED: "is no longer handed out by those who published it",
        Availability.PARTIAL: "can only be had in part",
    }
    for index, contender in enumerate(case.contenders):
        if contender.availability in words:
            text = f"{contender.name} {words[contender.availability]}."
            yield Caveat(CaveatCode.NOT_AVAILABLE, text, (index,))


def _license(case: Case) -> Iterator[Caveat]:
    words = {
        LicenseUse.NON_COMMERCIAL: "may not be used commercially",
        LicenseUse.RESTRICTED: "may only be used under conditions",
        LicenseUse.PROPRIETARY: "may only be used on its owner's terms",
    }
    for index, contender in enumerate(case.contenders):
        stated = f" ({contender.license})" if contender.license else ""
        if contender.license_use is None:
            text = f"What the licence of {contender.name}{stated} allows is not recorded."
            yield Caveat(CaveatCode.LICENSE_UNKNOWN, text, (index,))
        elif contender.license_use in words:
            text = f"{contender.name} {words[contender.license_use]}{stated}."
            yield Caveat(CaveatCode.RESTRICTED_LICENSE, text, (index,))


def _searches(case: Case) -> Iterator[Caveat]:
    counted, winner = case.tally, case.winner
    if counted is None or winner is None:
        return
    names = [contender.name for contender in case.contenders]
    for column in range(len(names)):
        if column != winner and counted.prefers(column, winner):
            text = preferred(names, counted, column, winner)
            yield Caveat(CaveatCode.SEARCHES_DISAGREE, text, tuple(sorted((column, winner))))


RULES: tuple[Callable[[Case], Iterator[Caveat]], ...] = (
    _different_kinds,
    _close_call,
    _sparse_data,
    _mixed_basis,
    _figures,
    _availability,
    _license,
    _searches,
)
