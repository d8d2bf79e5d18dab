"""What a reader should know before acting on a verdict, as a GraphQL type."""

import strawberry

from schema.artifact import Artifact
from schema.data import ArtifactRecord
from schema.enums import Availability, Basis, CaveatCode
from schema.plan import Selected, planned
from schema.rules import caveats as rules
from schema.rules.caveats import Case, Contender
from schema.rules.scoring import Scored, Weighting
from schema.rules.verdict import Verdict
from schema.standing import Compared


def _artifacts(selected: Selected) -> None:
    selected.descend(selected.target.named)


@strawberry.type(description="What a reader should know before acting on the verdict.")
class Caveat:
    """A caveat and the artifacts it is about."""

    code: CaveatCode = strawberry.field(description="What sort of caveat it is, for programs.")
    text: str = strawberry.field(description="The warning as a sentence for people, naming whom it is about.")
    artifacts: list[Artifact] = strawberry.field(
        description="The artifacts it is about, in column order.", metadata=planned(_artifacts)
    )


def caveats_of(compared: Compared, judged: Verdict, weights: Weighting) -> list[Caveat]:
    """The caveats of a verdict, in the order of their codes."""
    row = compared.data.catalogue()
    scored_on, loaded_at = row["scored_on"], row["loaded_at"]
    case = Case(
        contenders=[_contender(record) for record in compared.records],
        standing=judged.standing,
        weights=weights,
        margin=judged.margin,
        as_of=scored_on or loaded_at.date(),
        stale_days=compared.data.scorecard.stale_days,
        winner=judged.winner,
        tally=None if row["searched_until"] is None else compared.evidence.tally,
    )
    return [
        Caveat(
            code=found.code,
            text=found.text,
            artifacts=[compared.artifacts[column] for column in found.columns],
        )
        for found in rules.caveats(case)
    ]


def _contender(record: ArtifactRecord) -> Contender:
    found: Contender | None = record.worked_out.get(Contender)
    if found is None:
        found = record.worked_out[Contender] = Contender(
            name=record.row.get("name", ""),
            scores={
                d: Scored(row["value"], row.get("basis", Basis.PUBLISHED), row.get("observed_on"))
                for d, row in record.scores.items()
            },
            kind=record.row.get("kind"),
            availability=record.row.get("availability", Availability.UNKNOWN),
            license_use=record.row.get("license_use"),
            license=record.row.get("license"),
            newest_figure=record.newest_figure,
        )
    return found
