"""Catalogue lines that the tests are made of."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).parents[2] / "seeds"
CURATED = sorted((SEEDS / "catalogue").glob("*.jsonl"))
"""What was written by hand."""
DRAWN = sorted((SEEDS / "catalogue").glob("*.jsonl.gz"))
"""What was drawn from collections."""
SHIPPED = [*CURATED, *DRAWN]
SOURCE: dict[str, Any] = {"title": "made for the test", "url": "https://example.org/made"}


def unpacked(path: Path) -> str:
    """The text of a catalogue file, packed or not."""
    return (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()


def line(slug: str, **more: Any) -> str:
    """A line that holds what has to be there, and what is given."""
    return json.dumps({"slug": slug, "name": slug, "kind": "MODEL"} | more)


def whole(number: int, **more: Any) -> str:
    """A line with all that an artifact can have."""
    day = {"observed_on": "2026-01-02", "source": SOURCE}
    parts: dict[str, Any] = {
        "summary": f"The artifact {number}: é, 漢 and 🙂.",
        "publisher": "Somebody",
        "homepage": f"https://example.org/{number}",
        "license": "mit",
        "license_url": "https://example.org/license",
        "license_use": "OPEN",
        "pricing": "FREEMIUM",
        "availability": "GATED",
        "tasks": ["one-task", "another-task"],
        "uses": ["do one thing", "do another thing"],
        "released_on": "2020-02-29",
        "updated_on": "2026-01-01",
        "aliases": [f"Name/{number}", f"A name {number}"],
        "scores": {"quality": {"value": 0.123456789, "basis": "DERIVED"} | day, "adoption": {"value": 1} | _by(day)},
        "signals": [
            {"name": "stars", "value": 2.5} | day,
            {"name": "likes", "value": 7, "unit": "likes"} | day,
            {"name": "likes", "value": 3, "observed_on": "2025-01-01", "source": {"title": "no address"}},
        ],
        "offers": [{"provider": "shop", "unit": "1M tokens", "price": 0.15, "currency": "USD"} | day],
        "attributes": {
            "rows": {"value": 12, "unit": "rows"} | day,
            "plain": "text",
            "digits": "007",
            "number": 38.0,
            "large": 2**53 + 1,
            "flag": False,
            "list": ["b", "a"],
        },
        "capabilities": [
            {"slug": "z-first", "name": "First", "description": "It does the first thing.", "tags": ["b", "a"]},
            {"slug": "a-second", "name": "Second", "description": "It does the second.", "uniqueness": "Alone."},
        ],
    }
    return line(f"whole-{number}", **(parts | more))


def _by(day: dict[str, Any]) -> dict[str, Any]:
    return {"basis": "PUBLISHED"} | day


def written(path: Path, lines: Iterable[str]) -> str:
    """The path of a file that holds some lines."""
    path.write_text("".join(f"{text}\n" for text in lines), encoding="utf-8")
    return str(path)


def by_slug(exported: bytes) -> dict[str, Any]:
    """The artifacts of an export."""
    artifacts = [json.loads(text) for text in exported.splitlines()]
    return {artifact["slug"]: artifact for artifact in artifacts}
