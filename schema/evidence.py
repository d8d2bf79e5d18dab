"""What recorded searches say of artifacts that are compared: worked out when it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

import strawberry

from schema.arguments import First
from schema.artifact import Artifact
from schema.data import EvidenceRecord
from schema.enums import EvidenceStance
from schema.needs import ArtifactNeeds, EvidenceNeeds
from schema.paging import page_size
from schema.plan import Selected, planned
from schema.rules import preference as rules
from schema.rules.preference import Interval, Pair, Tally
from schema.standing import Compared


@dataclass(frozen=True, slots=True)
class EvidenceTarget:
    """What the parts of evidence ask for while planning."""

    named: ArtifactNeeds
    evidence: EvidenceNeeds


def plan_evidence(selected: Selected) -> None:
    """Plans what is selected of the evidence on the artifacts of a comparison."""
    named = selected.target.named
    selected.descend(EvidenceTarget(named, selected.needs.want_evidence(named)))


def _artifacts(selected: Selected) -> None:
    selected.descend(selected.target.named)


def _names(selected: Selected) -> None:
    selected.target.named.columns.add("name")


def _since(selected: Selected) -> None:
    selected.needs.catalogue.columns.add("searched_since")


SINCE = planned(_since)


def _samples(selected: Selected) -> None:
    evidence = selected.target.evidence
    evidence.samples = max(evidence.samples, page_size(selected.args.get("first")))


@strawberry.type(description="How one of two artifacts does against the other in the searches that matched both.")
class Preference:
    """One direction of a pair."""

    compared: strawberry.Private[Compared]
    counted: strawberry.Private[Tally]
    pair: strawberry.Private[Pair]

    @property
    def interval(self) -> Interval | None:
        """Where the share lies."""
        return self.counted.interval(*self.pair)

    @strawberry.field(description="The one that this is about.", metadata=planned(_artifacts))
    def artifact(self) -> Artifact:
        """The first of the pair."""
        return self.compared.artifacts[self.pair[0]]

    @strawberry.field(description="The one that it is held against.", metadata=planned(_artifacts))
    def over(self) -> Artifact:
        """The second of the pair."""
        return self.compared.artifacts[self.pair[1]]

    @strawberry.field(description="In how many of the searches it was placed above the other.")
    def placed_above(self) -> int:
        """Placed above."""
        return self.counted.of(*self.pair).above

    @strawberry.field(description="In how many of the searches it was chosen and the other was not.")
    def chosen_over(self) -> int:
        """Chosen over."""
        return self.counted.of(*self.pair).chosen

    @strawberry.field(
        description="How many searchers prefer it. A client has one vote a day, for the one that was chosen, or else "
        "placed above the other, in more of its searches that day."
    )
    def wins(self) -> int:
        """The votes for it."""
        return self.counted.of(*self.pair).wins

    @strawberry.field(description="How many searchers prefer one of the two to the other.")
    def voters(self) -> int:
        """The votes for either."""
        return self.counted.voters(*self.pair)

    @strawberry.field(description="The part of these searchers that prefers it, 0 to 1; null where there are none.")
    def share(self) -> float | None:
        """Wins by voters."""
        voters = self.counted.voters(*self.pair)
        return self.counted.of(*self.pair).wins / voters if voters else None

    @strawberry.field(
        description="The lower end of the share's 95 % interval, by Wilson's score; null where there are no voters."
    )
    def low(self) -> float | None:
        """The lower end."""
        return None if self.interval is None else self.interval.low

    @strawberry.field(
        description="The upper end of the share's 95 % interval, by Wilson's score; null where there are no voters."
    )
    def high(self) -> float | None:
        """The upper end."""
        return None if self.interval is None else self.interval.high

    @strawberry.field(description="The same in a sentence.", metadata=planned(_names))
    def text(self) -> str:
        """The sentence."""
        return rules.preferred([record.row["name"] for record in self.compared.records], self.counted, *self.pair)


@strawberry.type(description="Head to head in recorded searches: what they led to, and what people chose.")
class MatchEvidence:
    """What searches say of the artifacts of a comparison."""

    compared: strawberry.Private[Compared]

    @property
    def record(self) -> EvidenceRecord:
        """What was read."""
        return self.compared.evidence

    @strawberry.field(
        description="How many searches matched more than one of them on one page of hits, of the latest 100,000: a "
        "text counts once a day for each client. 0 where there were none."
    )
    def shared_queries(self) -> int:
        """How many searches."""
        return self.record.tally.searches

    @strawberry.field(
        description="The first day whose searches are counted; null where none are recorded at all.", metadata=SINCE
    )
    def since(self) -> date | None:
        """The first day."""
        return self._day("searched_since")

    @strawberry.field(description="The last day whose searches are counted; null where none are recorded at all.")
    def until(self) -> date | None:
        """The last day."""
        return self._day("searched_until")

    @strawberry.field(description="Each of them held against each of the others, in column order.")
    def preferences(self) -> list[Preference]:
        """All ordered pairs."""
        counted = self.record.tally
        return [
            Preference(compared=self.compared, counted=counted, pair=pair)
            for pair in permutations(range(len(self.compared.records)), 2)
        ]

    @strawberry.field(
        description="Texts that were searched for and matched more than one of them, those first that most clients "
        "asked. Only what at least 5 different clients asked on one day is told.",
        metadata=planned(_samples),
    )
    def sample_queries(self, first: First = None) -> list[str]:
        """Some texts. Raises RuleError (BAD_PAGE_SIZE)."""
        return list(self.record.samples[: page_size(first)])

    @strawberry.field(description="How much there is to go by, in a sentence.", metadata=SINCE)
    def text(self) -> str:
        """The sentence."""
        searches, since, until = self.record.tally.searches, self.since(), self.until()
        if not searches:
            return "No recorded search has matched more than one of them."
        what = "1 search" if searches == 1 else f"{searches:,} searches"
        return f"{what} from {since} to {until} matched more than one of them."

    def _day(self, name: str) -> date | None:
        found: date | None = self.compared.data.catalogue()[name]
        return found


@strawberry.type(description="What recorded searches say of a verdict. The winner never depends on it.")
class VerdictEvidence:
    """What they say of the winner and the others."""

    names: strawberry.Private[Sequence[str]]
    counted: strawberry.Private[Tally]
    winner: strawberry.Private[int | None]

    @strawberry.field(description="Whether they support it, for programs.")
    def stance(self) -> EvidenceStance:
        """What the intervals allow to be said."""
        return rules.stance(self.counted, self.winner, len(self.names))

    @strawberry.field(description="The same in sentences, with the figures and their intervals.")
    def text(self) -> str:
        """The sentences."""
        return rules.told(self.names, self.counted, self.winner)
