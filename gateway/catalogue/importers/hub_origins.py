"""What a model on the Hub was made from, and how: told by its base model and its tags."""

from dataclasses import dataclass
from typing import Any

from gateway.catalogue.importers.adapter import LeftOut, Record
from gateway.catalogue.importers.hub import usable_id
from gateway.catalogue.importers.wording import capability, kebab, sentence_list, texts
from schema.rules.vocabulary import ArtifactKind

NO_BASE = frozenset({"none", "null", "undefined", "unknown", "n/a", "-"})
QUANTISED_TAG = "quantized"
"""Says it of the weights. `quantization` is a topic, which tools for it have too."""
BITS = ("1-bit", "2-bit", "3-bit", "4-bit", "5-bit", "6-bit", "8-bit")
PREFIX = "base_model:"


@dataclass(frozen=True, slots=True)
class Origin:
    """The base models that a record states, the Hub's words for what was done with them, and its tags."""

    bases: list[str]
    relations: frozenset[str]
    tags: frozenset[str]
    formats: frozenset[str]

    @property
    def quantised(self) -> bool:
        """Whether the weights are stored with fewer bits than before: the Hub or a tag says so.

        The Hub's word for the relation counts more: what was trained further from a quantised model may carry its tags.
        """
        return "quantized" in self.relations or (not self.relations and QUANTISED_TAG in self.tags)

    @property
    def kind(self) -> ArtifactKind:
        """FINE_TUNE where a base was trained further, adapters included.

        A quantised copy is the same model in a smaller form, and a merge mixes weights without training, so both are
        MODEL. Where the Hub has no word for the relation, a base makes a FINE_TUNE, unless the tags speak of
        quantisation or the files are GGUF only, which is how copies are handed on.
        """
        if not self.bases or self.quantised or "merge" in self.relations:
            return ArtifactKind.MODEL
        if not self.relations and self.formats == {"gguf"}:
            return ArtifactKind.MODEL
        return ArtifactKind.FINE_TUNE


def origin(record: Record, left_out: LeftOut) -> Origin:
    """What a record says of where its model comes from."""
    tags = frozenset(texts(record.get("tags")))
    relations = frozenset(tag.split(":")[1] for tag in tags if tag.startswith(PREFIX) and tag.count(":") > 1)
    bases, stated = named_bases(record), record.get("base_model")
    if stated and len(_stated_bases(stated)) < max(len(_parts(stated)), 1):
        left_out.part("base_model: names no model")
    return Origin(bases, relations, tags, frozenset(texts(record.get("formats"))))


def named_bases(record: Record) -> list[str]:
    """The base models that a record names, each once: those of its tags where it states none elsewhere.

    A tag is `base_model:RELATION:ID`; where ID is a path on somebody's machine, it names none.
    """
    tags = [tag.split(":", 2) for tag in texts(record.get("tags")) if tag.startswith(PREFIX) and tag.count(":") > 1]
    return _stated_bases(record.get("base_model")) or texts([id for _, _, id in tags if usable_id(id)])


def _stated_bases(stated: object) -> list[str]:
    """What a text, with commas between, or a list names."""
    return [base for base in _parts(stated) if base.lower() not in NO_BASE]


def _parts(stated: object) -> list[str]:
    return texts([base.strip() for base in (stated.split(",") if isinstance(stated, str) else texts(stated))])


def origin_capabilities(origin: Origin) -> list[dict[str, Any]]:
    """What a reader can do with a model because of where it comes from."""
    bases, tags = sentence_list(origin.bases, most=4), [kebab(base) for base in origin.bases[:3]]
    if origin.quantised:
        of = f"a quantised copy of {bases}" if bases else "quantised"
        said = f"It is listed as {of}: its weights are stored with fewer bits."
        bits = [tag for tag in BITS if tag in origin.tags]
        return [capability("quantised-weights", "Quantised weights", said, ["quantisation", *bits, *tags])]
    if origin.kind != ArtifactKind.FINE_TUNE:
        return []
    if "adapter" in origin.relations:
        said = f"It is listed as an adapter for {bases}, so it is used together with that base."
        return [capability("adapter", "Adapter for a base model", said, ["fine-tuning", *tags])]
    if "finetune" in origin.relations:
        said = f"It is listed as a fine-tune of {bases}."
        return [capability("fine-tune", "Fine-tuned from a base model", said, ["fine-tuning", *tags])]
    said = f"Its record names {bases} as base, and does not say how it was made from it."
    return [capability("base-model", "Made from a base model", said, tags)]
