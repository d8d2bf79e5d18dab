"""Names of models such as `openai/gpt-4o`: which of them say which model is meant, and what slug they get."""

import re

from gateway.catalogue.format import SLUG
from gateway.catalogue.importers.hub import usable_id
from gateway.catalogue.importers.naming import slug_of, with_digest

MOVING = frozenset({"auto", "default", "latest", "nightly"})
"""Words in a name that leads to one model today and to another one tomorrow."""


def is_moving(name: str) -> bool:
    """Whether a name says what one gets today, and not which model that is."""
    return not MOVING.isdisjoint(re.split(r"[^a-z0-9]+", name.lower()))


def is_full_name(name: str) -> bool:
    """Whether a name has its maker in front, as `openai/gpt-oss-20b` has: a bare name can be anyone's."""
    return usable_id(name) is not None and name.count("/") == 1 and len(name) <= 200


def is_variant(name: str) -> bool:
    """Whether a full name has a variant behind it, as `openai/gpt-oss-20b:free` has: another offer than the name's."""
    full, colon, _ = name.partition(":")
    return bool(colon) and is_full_name(full)


def name_slug(name: str) -> str:
    """The slug of a full name, which no other name has: `openai--gpt-4o`, or with a digest where the name has capitals.

    The Hub allows no two hyphens in a row, and the slugs of its ids tell neither capitals nor the slash. A slug like
    those would join names that are only alike.
    """
    slug = name.replace("/", "--")
    return slug if re.fullmatch(SLUG, slug) else with_digest(slug_of(name), name)
