"""Ids that were changed on the Hugging Face Hub, as hub_renames.csv lists them.

Each row has the day on which Hugging Face stated it, and where. Where it stated two new ids for an old one (`c4`),
there is no row.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gateway.catalogue.importers.adapter import SLUG_IS_ID
from gateway.catalogue.importers.hub import aliases_of

Sort = Literal["model", "dataset"]
"""The Hub names models and datasets in lists of their own."""


@cache
def _new_ids(sort: Sort) -> dict[str, str]:
    text = files(__package__).joinpath("hub_renames.csv").read_text(encoding="utf-8")
    return {row["old"]: row["new"] for row in csv.DictReader(text.splitlines()) if row["sort"] == sort}


@cache
def _old_ids(sort: Sort) -> dict[str, str]:
    return {new: old for old, new in _new_ids(sort).items()}


def id_now(sort: Sort, hub_id: str) -> str:
    """The id that a model or dataset has now, by any of its ids."""
    return _new_ids(sort).get(hub_id, hub_id)


def known_as(sort: Sort, hub_id: str) -> list[str]:
    """The names beside the slug that lead to a model or dataset: its id, and the one from before or after a rename."""
    other = _new_ids(sort).get(hub_id) or _old_ids(sort).get(hub_id)
    return [*aliases_of(hub_id), *([other] if other else [])]


def hub_names(sort: Sort, hub_id: str, slug: str) -> dict[str, Any]:
    """What a line says of its names: its slug, whether that is the id itself, and what else leads to it."""
    others = [name for name in dict.fromkeys([hub_id, *known_as(sort, hub_id)]) if name != slug]
    return {"slug": slug, "aliases": others, SLUG_IS_ID: slug == hub_id}
