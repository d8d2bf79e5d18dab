"""Kinds that can take each other's place: what an artifact's alternatives are looked for among."""

from schema.rules.vocabulary import ArtifactKind as Kind

FAMILIES: tuple[frozenset[Kind], ...] = (
    frozenset({Kind.MODEL, Kind.FINE_TUNE}),
    frozenset({Kind.DATASET, Kind.BENCHMARK}),
    frozenset({Kind.LIBRARY, Kind.FRAMEWORK, Kind.CLI, Kind.EXTENSION, Kind.REPOSITORY, Kind.TEMPLATE}),
    frozenset({Kind.API, Kind.APP, Kind.PLATFORM, Kind.PRODUCT, Kind.WEB_APP}),
    frozenset({Kind.AGENT, Kind.MCP_SERVER, Kind.PROMPT, Kind.SKILL, Kind.WORKFLOW}),
)
"""A model that was tuned further does a model's job, and people test on data and on benchmarks alike; then code to
build on, services, and what an assistant is given to work with. Every kind stands in exactly one family."""


def family(kind: Kind) -> frozenset[Kind]:
    """The kinds that can take the place of one."""
    return next(kinds for kinds in FAMILIES if kind in kinds)
