"""An artifact's line as rows of the tables."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from gateway.catalogue.format import ArtifactLine, AttributeLine, SourceLine
from schema.rules.scoring import Weighting, rank
from schema.rules.vocabulary import Dimension

Row = dict[str, Any]


@lru_cache(4_096)
def spdx(license: str | None) -> str | None:
    """The SPDX expression that a licence's name is, in its canonical spelling; None where it is none."""
    try:
        return str(canonicalize_license_expression(license)) if license else None
    except InvalidLicenseExpression:
        return None


def artifact_row(line: ArtifactLine, digest: str, weights: Weighting) -> Row:
    """The row of the artifact itself, with what is worked out on import: its rank and its counts."""
    ranked = rank({Dimension[name.upper()]: score.value for name, score in line.scores.items()}, weights)
    return {
        "slug": line.slug,
        "name": line.name,
        "kind": line.kind,
        "summary": line.summary,
        "publisher": line.publisher,
        "homepage": line.homepage,
        "license": line.license,
        "license_spdx": spdx(line.license),
        "license_url": line.license_url,
        "license_use": line.license_use,
        "availability": line.availability,
        "pricing": line.pricing,
        "tasks": line.tasks,
        "released_on": line.released_on,
        "updated_on": line.updated_on,
        "times_matched": 0,
        "capability_count": len(line.capabilities),
        "topic_count": len(topics(line)),
        "rank": ranked,
        "rank_order": 1.0 if ranked is None else -ranked,
        "digest": digest,
    }


def topics(line: ArtifactLine) -> dict[str, bool]:
    """The tasks (True) and the capabilities' tags (False) of an artifact."""
    found = {tag: False for capability in line.capabilities for tag in capability.tags}
    return found | dict.fromkeys(line.tasks, True)


def child_rows(line: ArtifactLine, artifact_id: int, source_id: Callable[[SourceLine], int]) -> dict[str, list[Row]]:
    """The rows of all that hangs on an artifact, by table."""
    own = {"artifact_id": artifact_id}
    return {
        "alias": [own | {"name": name} for name in line.aliases],
        "topic": [own | {"name": name, "is_task": is_task} for name, is_task in topics(line).items()],
        "capability": [
            own | {"position": position, "times_matched": 0} | capability.model_dump()
            for position, capability in enumerate(line.capabilities)
        ],
        "score": [
            own
            | {
                "dimension": Dimension[name.upper()],
                "value": score.value,
                "basis": score.basis,
                "observed_on": score.observed_on,
                "source_id": source_id(score.source),
            }
            for name, score in line.scores.items()
        ],
        "signal": [
            own | signal.model_dump(exclude={"source"}) | {"source_id": source_id(signal.source)}
            for signal in line.signals
        ],
        "offer": [
            own | {"position": position} | offer.model_dump(exclude={"source"}) | {"source_id": source_id(offer.source)}
            for position, offer in enumerate(line.offers)
        ],
        "attribute": [own | {"key": key} | _attribute(value, source_id) for key, value in line.attributes.items()],
    }


def sources(line: ArtifactLine) -> list[SourceLine]:
    """Every source that a line names."""
    whole = [value for value in line.attributes.values() if isinstance(value, AttributeLine)]
    stated = [score.source for score in line.scores.values()]
    stated += [signal.source for signal in line.signals]
    stated += [offer.source for offer in line.offers]
    return stated + [item.source for item in whole if item.source is not None]


def _attribute(value: Any, source_id: Callable[[SourceLine], int]) -> Row:
    if not isinstance(value, AttributeLine):
        return {"value": value, "unit": None, "observed_on": None, "source_id": None}
    return {
        "value": value.value,
        "unit": value.unit,
        "observed_on": value.observed_on,
        "source_id": source_id(value.source) if value.source else None,
    }
