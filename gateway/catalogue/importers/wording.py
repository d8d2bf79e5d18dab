"""Texts of foreign records as words, lists and sentences of ours."""

import re
from typing import Any


def texts(value: object) -> list[str]:
    """The texts of a list, each once; none where it is no list."""
    items = value if isinstance(value, list) else []
    return list(dict.fromkeys(item for item in items if isinstance(item, str) and item.strip()))


def kebab(text: str) -> str:
    """A word for finding things: lower case, with a hyphen for everything that is no letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def sentence_list(items: list[str], most: int = 8) -> str:
    """Items as a sentence has them: `a, b and c`, and how many more there are where there are many."""
    shown = items if len(items) <= most else [*items[: most - 1], f"{len(items) - most + 1:,} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def capability(slug: str, name: str, description: str, tags: list[str]) -> dict[str, Any]:
    """A capability in the catalogue's own format, with each tag once."""
    return {"slug": slug, "name": name, "description": description, "tags": texts(tags)}
