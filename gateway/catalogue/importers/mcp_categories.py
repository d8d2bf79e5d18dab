"""The categories of awesome-mcp-registry: what each is called in a sentence, and what it is about."""

from typing import Any

from gateway.catalogue.importers.wording import capability

REGISTRY = "awesome-mcp-registry"
CATEGORIES: dict[str, tuple[str, str]] = {
    "aggregators": ("aggregators", "reaching several servers or services through one"),
    "art-and-culture": ("art and culture", "art, music, museums and what else people make"),
    "browser-automation": ("browser automation", "steering a web browser and reading its pages"),
    "cloud-platforms": ("cloud platforms", "managing what runs at providers of computers"),
    "code-execution": ("code execution", "running code, often apart from the rest of the machine"),
    "coding-agents": ("coding agents", "having an agent read and write code"),
    "command-line": ("the command line", "running commands in a shell"),
    "communication": ("communication", "reading and sending messages, mail and calendars"),
    "customer-data-platforms": ("customer data", "what is recorded of customers"),
    "data-platforms": ("data platforms", "bringing data together and asking questions of it"),
    "data-science-tools": ("data science", "working on data with statistics and learning"),
    "databases": ("databases", "reading and changing what a database holds"),
    "developer-tools": ("developer tools", "help in writing, testing and shipping software"),
    "embedded-system": ("embedded systems", "devices and the small computers in them"),
    "file-systems": ("file systems", "reading and changing files"),
    "finance-fintech": ("finance", "markets, payments, currencies and accounts"),
    "gaming": ("gaming", "games and the engines that they are made with"),
    "knowledge-memory": ("knowledge and memory", "keeping what was learnt, to find it again later"),
    "location-services": ("location services", "maps, places, weather and ways"),
    "marketing": ("marketing", "advertising, campaigns and how they do"),
    "monitoring": ("monitoring", "watching how systems are doing"),
    "search-data-extraction": ("search and data extraction", "finding things and taking data out of them"),
    "security": ("security", "finding weaknesses and protecting systems"),
    "sports": ("sports", "results, players and training"),
    "support-service-management": ("support and service management", "requests for help and what becomes of them"),
    "translation-services": ("translation", "putting text into another language"),
    "travel-transportation": ("travel and transport", "trips, timetables, flights and rides"),
    "version-control": ("version control", "repositories of code, their changes and their reviews"),
}
"""By the registry's name: what it is called in a sentence, and what it is about."""
SAYS_NOTHING = frozenset({"other-tools-and-integrations", "uncategorized"})


def category_capability(category: str) -> dict[str, Any]:
    """What the registry lists a server under, as a capability."""
    written, about = CATEGORIES.get(category, (category.replace("-", " "), ""))
    listed = f"{REGISTRY} lists it under {written}"
    name = written.removeprefix("the ")
    return capability(
        category, name[0].upper() + name[1:], f"{listed}: {about}." if about else f"{listed}.", [category]
    )
