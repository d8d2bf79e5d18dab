"""The verdict of a comparison, as GraphQL types."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry

from schema.artifact import Artifact
from schema.caveat import Caveat, caveats_of
from schema.data import ArtifactRecord
from schema.enums import Dimension, VerdictOutcome
from schema.evidence import VerdictEvidence
from schema.needs import ArtifactNeeds, Needs
from schema.plan import Selected, Tabled, planned, shown
from schema.ranking import planned_weights
from schema.rules import verdict as rules
from schema.rules.dominance import dominant
from schema.rules.flips import flips
from schema.rules.once import once
from schema.rules.scoring import Weighting
from schema.rules.win_shares import win_shares
from schema.standing import Compared, scores_of, standing_of


@dataclass(frozen=True, slots=True)
class VerdictTarget:
    """What the parts of a verdict ask for while planning: scores for each of them, names for sentences."""

    needs: Needs
    named: ArtifactNeeds
    columns: int

    def want_scores(self) -> None:
        """The unrounded scores on every dimension."""
        self.named.read(f"score.{dimension.name}" for dimension in Dimension)

    def want_caveats(self) -> None:
        """All that the caveats look at."""
        self.want_scores()
        self.named.scores.columns.update(("basis", "observed_on"))
        self.named.columns.update(("name", "kind", "availability", "license_use", "license"))
        self.named.newest_figure = True
        self.needs.catalogue.columns.update(("scored_on", "loaded_at"))
        self.needs.want_evidence(self.named)


def plan_verdict(selected: Selected) -> None:
    """Plans what is selected of a verdict."""
    planned_weights(selected.args, selected.scorecard.weights)
    selected.descend(VerdictTarget(selected.needs, selected.target.named, selected.target.columns))


def _scores(selected: Selected) -> None:
    selected.target.want_scores()
    selected.descend(selected.target)


def _weightings(selected: Selected) -> None:
    # For two there are formulas; for more, all weightings are gone through.
    selected.needs.takes_long |= selected.target.columns > 2
    _scores(selected)


def _winner(selected: Selected) -> None:
    selected.target.want_scores()
    selected.descend(selected.target.named)


def _sentences(selected: Selected) -> None:
    selected.target.named.columns.add("name")
    _scores(selected)


def _caveats(selected: Selected) -> None:
    selected.target.want_caveats()
    selected.descend(selected.target)


def _evidence(selected: Selected) -> None:
    selected.target.named.columns.add("name")
    selected.target.needs.want_evidence(selected.target.named)
    _scores(selected)


def _artifacts(selected: Selected) -> None:
    selected.descend(selected.target.named)


@strawberry.type(description="A dimension that somebody leads: what the verdict rests on.")
class Reason:
    """One reason; its sentence is made from its other fields."""

    verdict: strawberry.Private["Verdict"]
    at: strawberry.Private[int]

    @property
    def reason(self) -> rules.Reason:
        """The reason of the rules."""
        return rules.Reason(*self.verdict.because[self.at])

    @property
    def leading(self) -> list[Artifact]:
        """The leaders in column order."""
        return [self.verdict.artifacts[column] for column in self.reason.leaders]

    @property
    def told(self) -> str:
        """The sentence."""
        return self.verdict.told[self.at]

    dimension: Dimension = shown("reason.dimension", "What somebody leads on.")
    leaders: list[Artifact] = shown(
        "leading",
        "Who leads on it; several where they share the lead.",
        planned(_artifacts) | {"picked": ("artifacts", "{s.reason.leaders}")},
    )
    margin: float = shown("reason.margin", "The lead in score, 0 to 1, unrounded; 0 where it is shared.")
    text: str = shown("told", "The same in a sentence, the margin rounded.")


@strawberry.type(description="How often an artifact would win if every weighting were equally likely.")
class WinShare:
    """The share of all weightings under which one artifact comes first."""

    artifact: Artifact = strawberry.field(
        description="The one that would come first this often.", metadata=planned(_artifacts)
    )
    share: float = strawberry.field(
        description="From 0 to 1, all shares adding up to 1; exact for two artifacts, within 0.005 for more."
    )


@strawberry.type(description="A change of one weight that changes the winner.")
class Flip:
    """The nearest weight of one dimension at which another artifact overtakes, the others keeping their proportions."""

    dimension: Dimension = strawberry.field(description="The dimension whose weight moves.")
    current: float = strawberry.field(description="The share of the whole weight that it has now, 0 to 1.")
    weight: float = strawberry.field(description="The share beyond which another artifact has the highest rank.")
    winner: Artifact = strawberry.field(description="Who is ahead beyond it.", metadata=planned(_artifacts))


@strawberry.type(description="Who comes out ahead under one weighting, and how firm that is.")
class Verdict:
    """A verdict; every part is worked out when it is selected."""

    compared: strawberry.Private[Compared]
    own: strawberry.Private[Weighting | None]

    @property
    def records(self) -> Sequence[ArtifactRecord]:
        """The artifacts compared."""
        return self.compared.records

    @property
    def weights(self) -> Weighting:
        """The weighting: the caller's own, or else the scorecard's."""
        return self.compared.data.scorecard.weights if self.own is None else self.own

    @once
    def names(self) -> list[str]:
        """What people call them."""
        return [record.row["name"] for record in self.records]

    @property
    def artifacts(self) -> list[Artifact]:
        """Who is compared."""
        return self.compared.artifacts

    @once
    def judged(self) -> rules.Verdict:
        """The verdict of the rules."""
        return rules.judge(self.compared.standing if self.own is None else standing_of(self.records, self.own))

    @once
    def because(self) -> list[rules.ReasonParts]:
        """The reasons of the rules."""
        return rules.reasons(self.judged.standing)

    @once
    def told(self) -> list[str]:
        """The reasons in sentences."""
        return rules.told(self.names, self.because)

    @property
    def ranked(self) -> list[int]:
        """The columns that take part."""
        return [column for column, rank in enumerate(self.judged.standing.ranks) if rank is not None]

    @property
    def points(self) -> list[tuple[float, ...]]:
        """The scores on the shared dimensions of those that take part."""
        points = self.judged.standing.points
        return [points[column] for column in self.ranked]

    @strawberry.field(description="Whether there is a winner.", metadata=planned(_scores))
    def outcome(self) -> VerdictOutcome:
        """How the comparison came out."""
        return self.judged.outcome

    @strawberry.field(description="Who has the highest unrounded rank; null without one.", metadata=planned(_winner))
    def winner(self) -> Artifact | None:
        """The winner."""
        return None if self.judged.winner is None else self.artifacts[self.judged.winner]

    @strawberry.field(
        description="The winner's lead over the runner-up, in points of rank from 0 to 100, unrounded.",
        metadata=planned(_scores),
    )
    def margin(self) -> float | None:
        """The lead in points of rank."""
        return self.judged.margin

    @strawberry.field(description="The verdict in a sentence or two.", metadata=planned(_sentences))
    def summary(self) -> str:
        """The summary."""
        return rules.summary(self.names, self.judged, self.because)

    @strawberry.field(
        description="What it rests on, by dimension.",
        metadata=planned(_sentences)
        | {
            "tabled": Tabled(
                lambda: (),
                lambda verdict, _: verdict,
                lists={"reason": "because", "told": "told"},
                tuples={"reason": rules.Reason._fields},
            )
        },
    )
    def reasons(self) -> list[Reason]:
        """The reasons, in the dimensions' order."""
        return [Reason(verdict=self, at=at) for at in range(len(self.because))]

    @strawberry.field(description="What to know before acting on it.", metadata=planned(_caveats))
    def caveats(self) -> list[Caveat]:
        """The caveats, in the order of their codes."""
        return caveats_of(self.compared, self.judged, self.weights)

    @strawberry.field(
        description="What recorded searches say of it, as far as their number allows.", metadata=planned(_evidence)
    )
    def evidence(self) -> VerdictEvidence:
        """What searches say."""
        return VerdictEvidence(names=self.names, counted=self.compared.evidence.tally, winner=self.judged.winner)

    @strawberry.field(
        description="Who is at least as good on every dimension compared and better on one; null if nobody is.",
        metadata=planned(_winner),
    )
    def dominance(self) -> Artifact | None:
        """The artifact that dominates all others."""
        index = dominant(self.points)
        return None if index is None else self.artifacts[self.ranked[index]]

    @strawberry.field(
        description="For each ranked artifact, the share of all possible weightings under which it comes first.",
        metadata=planned(_weightings),
    )
    def win_shares(self) -> list[WinShare]:
        """The shares, in column order; empty where fewer than two are ranked."""
        if len(self.ranked) < 2:
            return []
        shares = win_shares(self.points)
        return [
            WinShare(artifact=self.artifacts[column], share=share)
            for column, share in zip(self.ranked, shares, strict=True)
        ]

    @strawberry.field(
        description="For each dimension that has one, the weight at which the winner changes.",
        metadata=planned(_weightings),
    )
    def flips(self) -> list[Flip]:
        """The flips, in the dimensions' order; empty without a winner."""
        if self.judged.winner is None:
            return []
        columns = [scores_of(record) for record in self.records]
        return [
            Flip(
                dimension=flip.dimension,
                current=flip.current,
                weight=flip.weight,
                winner=self.artifacts[flip.winner],
            )
            for flip in flips(columns, self.weights, self.judged.winner)
        ]
