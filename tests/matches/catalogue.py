"""The catalogue that searches are recorded on: groups of three that one word finds, the best ranked first.

A text that has the own word of one finds it first, and the others of its group after it. What one group is searched for
says nothing of another, so that tests can share a gateway.
"""

from typing import Any

from tests.catalogue.lines import SOURCE, line

GROUPS = {
    "harbour": ("walrus", "heron", "otter"),
    "meadow": ("clover", "thistle", "poppy"),
    "glacier": ("penguin", "narwhal", "orca"),
    "desert": ("camel", "scorpion", "cactus"),
    "orchard": ("apricot", "quince", "mulberry"),
    "volcano": ("basalt", "obsidian", "pumice"),
    "lagoon": ("flamingo", "mangrove", "oyster"),
    "tundra": ("lichen", "reindeer", "lemming"),
    "canyon": ("condor", "juniper", "agave"),
    "steppe": ("saiga", "wormwood", "falcon"),
    "jungle": ("toucan", "jaguar", "orchid"),
    "cavern": ("salamander", "stalactite", "mushroom"),
    "prairie": ("bison", "coyote", "sunflower"),
}
PUBLISHED = (0.9, 0.5, 0.1)
"""What is published of the three of a group, on each dimension that something is published on."""
SCORED = ("adoption", "quality", "ecosystem")
MATCH_GRAPH = 0.8
"""What is published of the bison's match graph, and of no other."""
MARKER = "marker"
"""The one DATASET: see `Crowd.settle`."""
SHANTIES = {"slug": "shanties", "name": "Sing shanties", "description": "It sings them for hours."}
KNOTS = {"slug": "knots", "name": "Tie bowlines", "description": "It ties them in the dark."}


def artifact(own: str, word: str, place: int, **more: Any) -> str:
    """The line of an artifact."""
    dimensions = dict.fromkeys(SCORED, PUBLISHED[place])
    if own == "bison":
        dimensions["match_graph"] = MATCH_GRAPH
    parts: dict[str, Any] = {
        "name": f"{own} {word}".title(),
        "kind": "LIBRARY",
        "aliases": [f"old/{own}"],
        "scores": {
            name: {"value": value, "basis": "PUBLISHED", "observed_on": "2026-01-02", "source": SOURCE}
            for name, value in dimensions.items()
        },
        "capabilities": [SHANTIES, KNOTS] if own == "walrus" else [],
    }
    return line(own, **(parts | more))


LINES = [
    line(MARKER, name="Marker", kind="DATASET"),
    *(artifact(own, word, place) for word, group in GROUPS.items() for place, own in enumerate(group)),
]
"""The catalogue."""
