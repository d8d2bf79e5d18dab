"""A catalogue of any size, made up: the same artifacts for the same seed, one at a time, in the shapes real ones have.

What a number's artifact is does not depend on how many there are, so a larger catalogue begins with a smaller one.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import IO, Any

import orjson

SEED = 20261123


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WORDS = _words(
    "amber anchor arbor aspen atlas basin birch blaze bloom boreal breeze bronze canyon cedar cinder clover cobalt "
    "comet copper coral crest crystal cypress delta drift dune ember falcon fern flint forge frost garnet glacier "
    "granite harbor hazel heron indigo iris island ivory jade juniper kestrel lagoon lantern larch laurel lichen "
    "linden lotus lunar maple marble meadow mesa mist moss nectar nimbus north oak ochre onyx opal orchid osprey "
    "pearl pebble pine plume polar prairie quartz raven reef ridge river rowan saffron sage sierra silver slate "
    "solstice spruce summit terra thistle tidal timber topaz tundra umber valley velvet violet walnut willow zephyr"
)
TOPICS = _words(
    "text-generation text-classification translation summarization question-answering token-classification "
    "image-classification object-detection image-segmentation depth-estimation image-generation video "
    "speech-recognition text-to-speech audio-classification embeddings retrieval reranking reasoning "
    "code-generation code-review tool-use agents planning evaluation benchmarking safety moderation tabular "
    "time-series forecasting recommendation reinforcement-learning robotics multilingual english chinese french "
    "german spanish japanese low-resource biology chemistry medicine law finance news web-text books dialogue "
    "instructions preference-data synthetic-data deduplication tokenization quantization distillation fine-tuning "
    "serving caching monitoring observability orchestration workflows connectors databases search files browser "
    "email calendar"
)
KINDS = ("MODEL",) * 8 + ("DATASET",) * 4 + ("FINE_TUNE",) * 3 + ("LIBRARY", "LIBRARY", "MCP_SERVER", "CLI", "AGENT")
LICENSES = (
    ("apache-2.0", "OPEN"),
    ("mit", "OPEN"),
    ("cc-by-nc-4.0", "NON_COMMERCIAL"),
    ("Community License", "RESTRICTED"),
)
PRICINGS = ("FREE", "FREE", "FREE", "FREEMIUM", "PAID", None)
AVAILABILITIES = ("AVAILABLE",) * 12 + ("GATED", "PARTIAL", "REMOVED", "UNKNOWN")
DIMENSIONS = ("adoption", "quality", "ecosystem", "match_graph", "freshness")
SIGNALS = (("downloads_30d", "downloads"), ("likes", "likes"), ("stars", "stars"), ("citations", "citations"))
ATTRIBUTES = ("parameters", "context_window", "layers", "rows", "languages", "file_size")
SOURCES = tuple(
    {"title": f"Made up for the benchmark, {part}", "url": f"https://example.org/{part}"} for part in WORDS[:40]
)
LAST_DAY = date(2026, 11, 23)


class Maker:
    """Makes the artifact of a number. `seed` decides everything."""

    def __init__(self, seed: int = SEED) -> None:
        self.seed = seed
        rnd = Random(seed)
        sentences = [f"{' '.join(rnd.choices(WORDS, k=rnd.randint(7, 16))).capitalize()}." for _ in range(800)]
        self.sentences = sentences
        self.paragraphs = [" ".join(rnd.choices(sentences, k=rnd.randint(1, 3))) for _ in range(4_000)]

    def artifact(self, number: int) -> dict[str, Any]:
        """The artifact of a number from 0, as a line of the catalogue format holds it."""
        rnd = Random(self.seed * 10_000_000 + number)
        some = rnd.random
        name, slug = name_of(number), slug_of(number)
        topics = [TOPICS[int(len(TOPICS) * some() ** 2)] for _ in range(10)]
        publisher = f"{_pick(WORDS, some()).title()} {int(2_000 * some() ** 3)}"
        license, license_use = _pick(LICENSES, some())
        line: dict[str, Any] = {
            "slug": slug,
            "name": name,
            "kind": _pick(KINDS, some()),
            "summary": _pick(self.paragraphs, some()),
            "publisher": publisher,
            "homepage": f"https://example.org/{slug}",
            "license": license,
            "license_use": license_use,
            "pricing": _pick(PRICINGS, some()),
            "availability": _pick(AVAILABILITIES, some()),
            "tasks": list(dict.fromkeys(topics[: 1 + int(2 * some())])),
            "released_on": _day(some(), 1_500),
            "updated_on": _day(some(), 700),
            "scores": self._scores(rnd),
            "signals": self._signals(rnd),
            "offers": self._offers(rnd),
            "attributes": self._attributes(rnd),
            "capabilities": [self._capability(place, topics, some) for place in range(5 + int(10 * some()))],
        }
        if has_alias(number):
            line["aliases"] = [alias_of(number)]
        return line

    def _capability(self, place: int, topics: Sequence[str], some: Any) -> dict[str, Any]:
        topic = topics[place % 10]
        made = {
            "slug": f"{topic}-{place}",
            "name": f"{_pick(WORDS, some())} {topic.replace('-', ' ')}".capitalize(),
            "description": _pick(self.paragraphs, some()),
            "tags": list(dict.fromkeys((topic, topics[int(10 * some())]))),
        }
        if some() < 0.7:
            made["uniqueness"] = _pick(self.paragraphs, some())
            made["versus_alternatives"] = _pick(self.paragraphs, some())
        return made

    def _scores(self, rnd: Random) -> dict[str, Any]:
        if rnd.random() < 0.1:
            return {}
        day = {"basis": "DERIVED", "observed_on": _day(rnd.random(), 60), "source": _pick(SOURCES, rnd.random())}
        return {name: {"value": round(rnd.random(), 6)} | day for name in DIMENSIONS if rnd.random() < 0.8}

    def _signals(self, rnd: Random) -> list[dict[str, Any]]:
        made = []
        for name, unit in SIGNALS[: 1 + int(4 * rnd.random())]:
            size, source = rnd.random() ** 4 * 1e6, _pick(SOURCES, rnd.random())
            for month in range(1 + int(3 * rnd.random())):
                day = (LAST_DAY - timedelta(days=30 * month)).isoformat()
                figure = int(size * (1 - month / 20))
                made.append({"name": name, "value": figure, "unit": unit, "observed_on": day, "source": source})
        return made

    def _offers(self, rnd: Random) -> list[dict[str, Any]]:
        many = int(4 * rnd.random()) if rnd.random() < 0.15 else 0
        day = {"currency": "USD", "observed_on": _day(rnd.random(), 90), "source": _pick(SOURCES, rnd.random())}
        return [
            {"provider": _pick(WORDS, rnd.random()).title(), "unit": "1M input tokens", "price": round(rnd.random(), 3)}
            | day
            for _ in range(many)
        ]

    def _attributes(self, rnd: Random) -> dict[str, Any]:
        day = {"observed_on": _day(rnd.random(), 400), "source": _pick(SOURCES, rnd.random())}
        return {name: {"value": int(rnd.random() * 1e7)} | day for name in ATTRIBUTES if rnd.random() < 0.5}


def slug_of(number: int) -> str:
    """The slug of a number's artifact. Slugs are spread, so that neighbours in the file are none in the index."""
    return name_of(number).lower().replace(" ", "-")


def name_of(number: int) -> str:
    """The name of a number's artifact."""
    spread = number * 2_654_435_761 % 2**32
    first, second = WORDS[spread % len(WORDS)], WORDS[spread // len(WORDS) % len(WORDS)]
    return f"{first.title()} {second.title()} {number}"


def has_alias(number: int) -> bool:
    """Whether a number's artifact has an alias: two in three have."""
    return number % 3 != 0


def alias_of(number: int) -> str:
    """Its alias, as hubs name things."""
    return name_of(number).replace(" ", "/", 1).replace(" ", "-")


def lines(size: int, seed: int = SEED) -> Iterator[bytes]:
    """The lines of a catalogue of `size` artifacts."""
    maker = Maker(seed)
    for number in range(size):
        yield orjson.dumps(maker.artifact(number), option=orjson.OPT_APPEND_NEWLINE)


def write(stream: IO[bytes], size: int, seed: int = SEED) -> None:
    """Writes a catalogue as JSON Lines."""
    stream.writelines(lines(size, seed))


def _pick(items: Sequence[Any], share: float) -> Any:
    return items[int(share * len(items))]


def _day(share: float, most: int) -> str:
    return (LAST_DAY - timedelta(days=int(share * most))).isoformat()
