"""Reads what recorded searches say of artifacts that are compared.

What a search says of a pair, and a client of it, is told by the database, as there may be many thousands of them: see
`schema.rules.preference.HeadToHead` for the rule.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, bindparam, case, func, select

from gateway.statements import TABLES, named
from schema.data import EvidenceRecord, Row
from schema.rules.preference import HeadToHead, Tally

CHOICE, HIT, QUERY, SEARCH = (TABLES[f"match_{name}"] for name in ("choice", "hit", "query", "search"))
MOST_SEARCHES = 100_000
"""How many searches are looked at, the latest: more would say the same a little more surely."""
LEAST_SEARCHERS = 5
"""A text is shown once so many clients have searched for it on one day. Those of several days may be the same."""
Rows = Callable[..., Sequence[Row]]


def evidence(rows: Rows, ids: Sequence[int], samples: int) -> EvidenceRecord:
    """What searches say of artifacts, by their places among `ids`, with up to so many of their texts.

    `rows` runs a statement, known by a key, with values.
    """
    column, values, searches = {id: at for at, id in enumerate(ids)}, {"ids": list(ids)}, 0
    pairs = {}
    for row in rows("evidence", _pairs, values):
        pair = column[row["left_id"]], column[row["right_id"]]
        pairs[pair] = HeadToHead(row["left_above"], row["left_chosen"], row["left_wins"])
        pairs[pair[::-1]] = HeadToHead(row["right_above"], row["right_chosen"], row["right_wins"])
        searches = row["searches"]
    texts: list[str] = []
    if samples:
        texts = [row["text"] for row in rows("sample queries", _samples, values | {"most": samples})]
    return EvidenceRecord(Tally(searches, pairs), texts)


def _shared() -> Select[Any]:
    """The lists that have more than one of the artifacts."""
    some = select(HIT.c.list_id).where(HIT.c.artifact_id.in_(named("ids")))
    return some.group_by(HIT.c.list_id).having(func.count() > 1)


def _latest() -> Subquery:
    """The searches that were shown such a list."""
    shown = select(SEARCH).where(SEARCH.c.list_id.in_(_shared()))
    return shown.order_by(SEARCH.c.day.desc()).limit(MOST_SEARCHES).subquery("latest")


def _pairs() -> Select[Any]:
    """Each pair, whichever of the two comes first: how many searches and searchers prefer which."""
    search, left, right = _latest(), HIT.alias("of_left"), HIT.alias("of_right")
    chosen_left, chosen_right = CHOICE.alias("chosen_left"), CHOICE.alias("chosen_right")
    searcher = search.c.day, search.c.client
    both = left.c.artifact_id.label("left_id"), right.c.artifact_id.label("right_id")
    higher = func.sum(case((left.c.place < right.c.place, 1), else_=-1))
    picked = func.sum(_one(chosen_left.c.client.is_not(None)) - _one(chosen_right.c.client.is_not(None)))
    by_search = (
        select(*searcher, *both, higher.label("higher"), picked.label("picked"))
        .join(left, and_(left.c.list_id == search.c.list_id, left.c.artifact_id.in_(named("ids"))))
        .join(
            right,
            and_(
                right.c.list_id == search.c.list_id,
                right.c.artifact_id.in_(named("ids")),
                right.c.artifact_id > left.c.artifact_id,
            ),
        )
        .outerjoin(chosen_left, _of(chosen_left, search, left))
        .outerjoin(chosen_right, _of(chosen_right, search, right))
        .group_by(*searcher, search.c.query_id, left.c.artifact_id, right.c.artifact_id)
        .subquery("by_search")
    )
    one = by_search.c
    prefers = case((one.picked != 0, _sign(one.picked)), else_=_sign(one.higher))
    pair = one.left_id, one.right_id
    by_searcher = (
        select(
            *pair,
            func.sum(_one(one.higher > 0)).label("left_above"),
            func.sum(_one(one.higher < 0)).label("right_above"),
            func.sum(_one(one.picked > 0)).label("left_chosen"),
            func.sum(_one(one.picked < 0)).label("right_chosen"),
            func.sum(prefers).label("vote"),
        )
        .group_by(one.day, one.client, *pair)
        .subquery("by_searcher")
    )
    of = by_searcher.c
    asked = select(search.c.day, search.c.client, search.c.query_id).distinct().subquery("asked")
    counted = {name: func.sum(of[name]) for name in ("left_above", "right_above", "left_chosen", "right_chosen")}
    counted |= {"left_wins": func.sum(_one(of.vote > 0)), "right_wins": func.sum(_one(of.vote < 0))}
    return select(
        of.left_id,
        of.right_id,
        *(figure.label(name) for name, figure in counted.items()),
        select(func.count()).select_from(asked).scalar_subquery().label("searches"),
    ).group_by(of.left_id, of.right_id)


def _of(choice: FromClause, search: Subquery, hit: FromClause) -> ColumnElement[bool]:
    """Whether a choice is one of a search's client, for the same text, and of what a hit is."""
    same = (choice.c[name] == search.c[name] for name in ("day", "client", "query_id"))
    return and_(*same, choice.c.artifact_id == hit.c.artifact_id)


def _one(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _sign(size: ColumnElement[int]) -> ColumnElement[int]:
    return case((size > 0, 1), (size < 0, -1), else_=0)


def _samples() -> Select[Any]:
    asked = select(SEARCH.c.query_id).where(SEARCH.c.list_id.in_(_shared()))
    enough = QUERY.c.id.in_(asked) & (QUERY.c.most_searchers >= LEAST_SEARCHERS)
    return select(QUERY.c.text).where(enough).order_by(QUERY.c.searchers.desc(), QUERY.c.text).limit(bindparam("most"))
