"""An artifact's line as rows of the tables: plain values in the order of COLUMNS, as any driver takes them."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from gateway.catalogue.format import ArtifactLine, AttributeLine, SourceLine
from schema.rules.scoring import Weighting, rank
from schema.rules.tags import PACKAGING
from schema.rules.vocabulary import Dimension, Term

Row = tuple[str | int | float | bool | None, ...]
SourceKey = tuple[str, str]
"""A source's title and address, an empty text where it has none."""

COLUMNS = {
    "artifact": (
        *("id", "slug", "name", "kind", "summary", "publisher", "homepage"),
        *("license", "license_spdx", "license_url", "license_use", "availability", "pricing", "tasks", "uses"),
        *("released_on", "updated_on", "times_matched", "capability_count", "topic_count"),
        *("rank", "rank_order", "to_score", "digest"),
    ),
    "alias": ("artifact_id", "name"),
    "topic": ("artifact_id", "name", "is_task", "kind", "rank_order"),
    "capability": (
        *("artifact_id", "position", "slug", "name", "description", "uniqueness", "versus_alternatives"),
        *("tags", "times_matched"),
    ),
    "score": ("artifact_id", "dimension", "value", "basis", "observed_on", "source_id"),
    "signal": ("artifact_id", "name", "observed_on", "value", "unit", "source_id"),
    "offer": ("artifact_id", "position", "provider", "unit", "price", "currency", "observed_on", "source_id"),
    "attribute": ("artifact_id", "key", "value", "unit", "observed_on", "source_id"),
}
"""The columns of each table that rows are made for, in the order of the rows' values."""


@lru_cache(4_096)
def spdx(license: str | None) -> str | None:
    """The SPDX expression that a licence's name is, in its canonical spelling; None where it is none."""
    try:
        return str(canonicalize_license_expression(license)) if license else None
    except InvalidLicenseExpression:
        return None


def stated_rank(line: ArtifactLine, weights: Weighting) -> float | None:
    """The rank that the scores a line states come to."""
    return rank({Dimension[name.upper()]: score.value for name, score in line.scores.items()}, weights)


def rank_order(rank: float | None) -> float:
    """What artifacts are sorted by: the best rank first, and last those without one, at 1."""
    return 1.0 if rank is None else -rank


def artifact_row(line: ArtifactLine, artifact_id: int, digest: str, ranked: float | None) -> Row:
    """The row of the artifact itself, with what is worked out on import: its rank and its counts."""
    return (
        artifact_id,
        line.slug,
        line.name,
        line.kind.name,
        line.summary,
        line.publisher,
        line.homepage,
        line.license,
        spdx(line.license),
        line.license_url,
        _term(line.license_use),
        line.availability.name,
        _term(line.pricing),
        _json(line.tasks),
        _json(line.uses),
        _day(line.released_on),
        _day(line.updated_on),
        0,
        len(line.capabilities),
        len(topics(line)),
        ranked,
        rank_order(ranked),
        not line.scores,
        digest,
    )


def topics(line: ArtifactLine) -> dict[str, bool]:
    """What alternatives are found by: the tasks (True) of an artifact, and its capabilities' tags (False).

    A tag that says how it is packaged is none, unless it is a task: there is a game named Go.
    """
    found = {tag: False for capability in line.capabilities for tag in capability.tags if tag not in PACKAGING}
    return found | dict.fromkeys(line.tasks, True)


def child_rows(
    line: ArtifactLine, own: int, ranked: float | None, source_id: Callable[[SourceKey], int]
) -> dict[str, list[Row]]:
    """The rows of all that hangs on the artifact with the id `own`, by table."""
    # Where no scores are stated, the order of its tasks is known once they are derived.
    order = {True: rank_order(ranked) if line.scores else None, False: None}
    return {
        "alias": [(own, name) for name in line.aliases],
        "topic": [(own, name, is_task, line.kind.name, order[is_task]) for name, is_task in topics(line).items()],
        "capability": [
            (own, at, c.slug, c.name, c.description, c.uniqueness, c.versus_alternatives, _json(c.tags), 0)
            for at, c in enumerate(line.capabilities)
        ],
        "score": [
            (own, name.upper(), s.value, s.basis.name, _day(s.observed_on), source_id(source_key(s.source)))
            for name, s in line.scores.items()
        ],
        "signal": [
            (own, s.name, s.observed_on.isoformat(), s.value, s.unit, source_id(source_key(s.source)))
            for s in line.signals
        ],
        "offer": [
            (
                own,
                at,
                o.provider,
                o.unit,
                o.price,
                o.currency,
                o.observed_on.isoformat(),
                source_id(source_key(o.source)),
            )
            for at, o in enumerate(line.offers)
        ],
        "attribute": [(own, key, *_attribute(value, source_id)) for key, value in line.attributes.items()],
    }


def source_key(source: SourceLine) -> SourceKey:
    """What tells a source from all others."""
    return source.title, source.url or ""


def sources(line: ArtifactLine) -> list[SourceLine]:
    """Every source that a line names."""
    whole = [value for value in line.attributes.values() if isinstance(value, AttributeLine)]
    stated = [score.source for score in line.scores.values()]
    stated += [signal.source for signal in line.signals]
    stated += [offer.source for offer in line.offers]
    return stated + [item.source for item in whole if item.source is not None]


def _attribute(value: Any, source_id: Callable[[SourceKey], int]) -> Row:
    if not isinstance(value, AttributeLine):
        return _json(value), None, None, None
    source = source_id(source_key(value.source)) if value.source else None
    return _json(value.value), value.unit, _day(value.observed_on), source


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _term(term: Term | None) -> str | None:
    return term.name if term else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
