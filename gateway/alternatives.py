"""The SELECT that finds what else does the same things, at a cost that is bounded however large the catalogue is.

Each topic weighs by its rarity: 1 where `COMMON` artifacts or more have it, and 1 more for every halving below that. Of
two artifacts, what both have is weighed against all that the first one has and 1 for each topic that only the other one
has; that is how near they are, or half of it where the first one names tasks and they share none. It is 1 where both
have the same topics.

A topic may have half a million members, so nothing goes through all of them. Members are counted up to `COMMON`, and
of each kind the candidates are `LOOKED_AT` members of each topic, those that came into the catalogue first, and as
many of the best-ranked artifacts.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Float, Select, and_, case, cast, func, literal, or_, select, true, union

from gateway.statements import ARTIFACT, TOPIC, artifact_columns, named
from schema.needs import AlternativeNeeds
from schema.rules.families import family
from schema.rules.vocabulary import ArtifactKind, Availability

MOST_ALTERNATIVES = 100
COMMON = 1_024
LOOKED_AT = 200
LAST_ID = 2**31 - 1

Families = Sequence[frozenset[ArtifactKind]]
"""Sets of kinds whose members can take each other's place."""


def by_family(kinds: Mapping[int, ArtifactKind]) -> dict[frozenset[ArtifactKind], list[int]]:
    """The ids of some artifacts, by the kinds that can take their place."""
    families: dict[frozenset[ArtifactKind], list[int]] = {}
    for id, kind in sorted(kinds.items()):
        families.setdefault(family(kind), []).append(id)
    return families


def values(families: Mapping[frozenset[ArtifactKind], Sequence[int]]) -> dict[str, Sequence[int]]:
    """What the parameters of `alternatives` are given, for the artifacts of some families."""
    found: dict[str, Sequence[int]] = {f"ids_{index}": ids for index, ids in enumerate(families.values())}
    return found | {"ids": [id for ids in families.values() for id in ids]}


def alternatives(needs: AlternativeNeeds, columns: Iterable[str], families: Families) -> Select[Any]:
    """Alternatives of artifacts given by id, `ids`; nearest first, at the places asked for and one beyond.

    `ids_0` and so on are those of each of the `families`. They are of a kind that can take the first one's place, and
    can still be had; of those that are as near as each other the higher rank comes first, and then the slug.
    """
    mine = _mine()
    candidates = _candidates(mine, families)
    theirs, other = TOPIC.alias("theirs"), ARTIFACT.alias("near")
    shared = (
        select(
            candidates.c.owner_id,
            candidates.c.other_id,
            func.count().label("shared"),
            func.sum(mine.c.weight).label("weight"),
            func.sum(mine.c.task).label("tasks"),
        )
        .join(mine, mine.c.owner_id == candidates.c.owner_id)
        .join(theirs, and_(theirs.c.artifact_id == candidates.c.other_id, theirs.c.name == mine.c.name))
        .where(candidates.c.other_id != candidates.c.owner_id)
        .group_by(candidates.c.owner_id, candidates.c.other_id)
        .subquery("shared")
    )
    whole = (
        select(mine.c.owner_id, func.sum(mine.c.weight).label("weight"), func.sum(mine.c.task).label("tasks"))
        .group_by(mine.c.owner_id)
        .subquery("whole")
    )
    same_job = or_(whole.c.tasks == 0, shared.c.tasks > 0)
    either = whole.c.weight + other.c.topic_count - shared.c.shared
    nearness = (cast(shared.c.weight, Float) / either / case((same_job, 1.0), else_=2.0)).label("nearness")
    order = (nearness.desc(), other.c.rank_order, other.c.slug)
    place = func.row_number().over(partition_by=shared.c.owner_id, order_by=order).label("place")
    nearest = (
        select(shared.c.owner_id, shared.c.other_id, shared.c.shared, nearness, place)
        .join(whole, whole.c.owner_id == shared.c.owner_id)
        .join(other, other.c.id == shared.c.other_id)
        .where(other.c.availability != Availability.REMOVED)
        .subquery("nearest")
    )
    wanted = [nearest.c.place.between(start + 1, end + 2) for start, end in sorted(needs.windows)]
    return (
        select(nearest.c.owner_id, nearest.c.place, nearest.c.shared, nearest.c.nearness, *artifact_columns(columns))
        .join(ARTIFACT, ARTIFACT.c.id == nearest.c.other_id)
        .where(nearest.c.place <= MOST_ALTERNATIVES, *([] if needs.total else [or_(*wanted)]))
        .order_by(nearest.c.owner_id, nearest.c.place)
    )


def _mine() -> Any:
    """The topics of some artifacts, and what each weighs."""
    counted = TOPIC.alias("counted")
    some = select(literal(1)).where(counted.c.name == TOPIC.c.name).limit(COMMON).correlate(TOPIC)
    members = select(func.count()).select_from(some.subquery("some")).scalar_subquery()
    topics = (
        select(TOPIC.c.artifact_id, TOPIC.c.name, TOPIC.c.is_task, members.label("members"))
        .where(TOPIC.c.artifact_id.in_(named("ids")))
        .cte("topics")
    )
    halvings = [COMMON >> times for times in range(COMMON.bit_length())]
    steps = [(topics.c.members >= least, literal(1 + times)) for times, least in enumerate(halvings)]
    return select(
        topics.c.artifact_id.label("owner_id"),
        topics.c.name,
        case((topics.c.is_task, literal(1)), else_=literal(0)).label("task"),
        case(*steps).label("weight"),
    ).cte("mine")


def _candidates(mine: Any, families: Families) -> Any:
    """Who may be near: members of the same topics, and the best-ranked of the same kinds."""
    parts: list[Select[Any]] = []
    for index, kinds in enumerate(families):
        ids = named(f"ids_{index}")
        for kind in sorted(kinds):
            label = kind.value.lower()
            theirs, owner = TOPIC.alias(f"their_{label}"), ARTIFACT.alias(f"owner_{label}")
            same = and_(theirs.c.name == mine.c.name, theirs.c.kind == kind)
            member = TOPIC.alias(f"member_{label}")
            last = (
                select(member.c.artifact_id)
                .where(member.c.name == mine.c.name, member.c.kind == kind)
                .order_by(member.c.artifact_id)
                .offset(LOOKED_AT - 1)
                .limit(1)
                .correlate(mine)
                .scalar_subquery()
            )
            near_end = theirs.c.artifact_id <= func.coalesce(last, LAST_ID)
            found = select(mine.c.owner_id, theirs.c.artifact_id.label("other_id")).select_from(mine)
            parts.append(found.join(theirs, and_(same, near_end)).where(mine.c.owner_id.in_(ids)))
            best = (
                select(ARTIFACT.c.id)
                .where(ARTIFACT.c.kind == kind, ARTIFACT.c.rank_order <= 0)
                .order_by(ARTIFACT.c.rank_order, ARTIFACT.c.id)
                .limit(LOOKED_AT)
                .subquery(f"best_{label}")
            )
            parts.append(select(owner.c.id, best.c.id).select_from(owner).join(best, true()).where(owner.c.id.in_(ids)))
    return union(*parts).cte("candidates")
