"""What is known about the attributes that only some kinds of artifact have.

An attribute that is not named here can still be stored and compared: its label is made from its key and it has no
better end, because nobody has said which end is the better one.
"""

from dataclasses import dataclass

from schema.rules.vocabulary import ArtifactKind, Direction
from schema.rules.words import spoken

MODELS = (ArtifactKind.MODEL, ArtifactKind.FINE_TUNE)
COLLECTIONS = (ArtifactKind.DATASET, ArtifactKind.BENCHMARK)


@dataclass(frozen=True, slots=True)
class AttributeSpec:
    """How one attribute is shown and compared, and the kinds that have it."""

    label: str
    help: str
    kinds: tuple[ArtifactKind, ...]
    direction: Direction = Direction.UNORDERED
    unit: str | None = None


ATTRIBUTES = {
    "parameters": AttributeSpec("Parameters", "How many trained weights the model has; more is not better.", MODELS),
    "context_window": AttributeSpec(
        "Context window", "The most tokens the model reads at once.", MODELS, Direction.HIGHER_WINS, "tokens"
    ),
    "miou_ade20k": AttributeSpec(
        "mIoU on ADE20K",
        "Mean intersection over union on the ADE20K validation set, in per cent.",
        MODELS,
        Direction.HIGHER_WINS,
        "%",
    ),
    "input_resolution": AttributeSpec("Input resolution", "The size of the images the model was trained on.", MODELS),
    "rows": AttributeSpec("Rows", "How many items the collection holds.", COLLECTIONS, unit="items"),
    "images": AttributeSpec("Images", "How many images the collection holds.", COLLECTIONS, unit="images"),
    "tokens": AttributeSpec("Tokens", "How many tokens of text the collection holds.", COLLECTIONS, unit="tokens"),
    "size_gib": AttributeSpec("Size", "How much room the collection takes, uncompressed.", COLLECTIONS, unit="GiB"),
    "components": AttributeSpec("Components", "How many named parts the collection is made of.", COLLECTIONS),
    "classes": AttributeSpec("Classes", "How many labels are told apart.", (*MODELS, *COLLECTIONS), unit="classes"),
    "languages": AttributeSpec("Languages", "The human or programming languages covered.", (*MODELS, *COLLECTIONS)),
    "problems": AttributeSpec("Problems", "How many problems the benchmark sets.", COLLECTIONS, unit="problems"),
}
"""The attributes whose label, unit and better end are known, by key."""


def attribute_spec(key: str) -> AttributeSpec:
    """What is known of an attribute; for a key that is not registered, a label and no better end."""
    known = ATTRIBUTES.get(key)
    return known or AttributeSpec(spoken(key).capitalize(), "As the catalogue states it.", ())
