"""The tasks and domains of Epoch AI's models: what each is called in a sentence, what it is, and what it is about."""

import re
from typing import Any

from gateway.catalogue.importers.hub_tasks import TASKS
from gateway.catalogue.importers.wording import capability, kebab, sentence_list

SAME_AS = {
    "(Visual) Question answering": "visual-question-answering",
    "Image captioning": "image-to-text",
    "Language generation": "text-generation",
    "Language modeling/generation": "text-generation",
    "Neural Architecture Search - NAS": "neural-architecture-search",
    "Speech recognition (ASR)": "automatic-speech-recognition",
    "Speech synthesis": "text-to-speech",
    "Speech-to-text": "automatic-speech-recognition",
    "Text summarization": "summarization",
    "Transcription": "automatic-speech-recognition",
}
"""Tasks that have a name already, mostly on the Hugging Face Hub."""

MEANINGS = {
    "audio-generation": "making sound",
    "character-recognition": "reading written or printed characters",
    "chat": "answering in turn in a conversation",
    "code-autocompletion": "continuing program code",
    "code-generation": "writing program code",
    "face-detection": "finding faces in an image",
    "face-recognition": "telling whose face an image shows",
    "image-completion": "filling in missing parts of an image",
    "image-generation": "making images",
    "instruction-interpretation": "doing what an instruction in words asks for",
    "language-modeling": "telling how likely a text is, or what comes next in it",
    "mathematical-reasoning": "working out problems of mathematics",
    "named-entity-recognition": "finding the names of persons, places and other things in a text",
    "protein-folding-prediction": "predicting the shape that a protein takes",
    "protein-generation": "proposing new proteins",
    "quantitative-reasoning": "working out problems with numbers",
    "recommender-system": "suggesting what someone may want",
    "retrieval-augmented-generation": "answering with the help of texts that are looked up",
    "robotic-manipulation": "moving things with a robot",
    "semantic-segmentation": "telling for each part of an image what it shows",
    "sentiment-classification": "telling whether a text is favourable",
    "video-description": "telling in words what a video shows",
    "video-generation": "making videos",
    "weather-forecasting": "predicting the weather",
}
"""What tasks are that the Hub has no name for."""
PROPER = ("3D", "Atari", "Diplomacy", "Dota", "Go", "Hanabi", "Morse", "RNA", "StarCraft", "Stratego")
"""What is written as it is wherever it stands."""

DOMAINS = {"Language": "natural-language", "Vision": "computer-vision", "Image generation": "image-generation"}
"""Words to find a domain by, where they are not its name."""


def task_slug(stated: str) -> str:
    """A task as a word: without the abbreviation in brackets, and under the name that it has elsewhere."""
    return SAME_AS.get(stated) or kebab(re.sub(r"\s*\([^)]*\)$", "", stated))


def task_capability(stated: str) -> dict[str, Any]:
    """What Epoch AI lists a model for, as a capability."""
    slug = task_slug(stated)
    if stated in SAME_AS:
        written = slug.replace("-", " ")
    else:
        plain = re.sub(r"\s*\([^)]*\)$", "", stated)
        written = plain if plain.startswith(PROPER) else plain[0].lower() + plain[1:]
    about, meaning = TASKS.get(slug, ("", MEANINGS.get(slug, "")))
    listed = f"Epoch AI lists it for {written}"
    description = f"{listed}: {meaning}." if meaning else f"{listed}."
    return capability(slug, written[0].upper() + written[1:], description, [slug, *([about] if about else [])])


def domain_capability(domains: list[str]) -> dict[str, Any]:
    """The domains that Epoch AI has a model under, as a capability."""
    written = sentence_list([domain if domain.startswith(PROPER) else domain.lower() for domain in domains])
    tags = [DOMAINS.get(domain, kebab(domain)) for domain in domains]
    return capability("domain", f"Works in {written}", f"Epoch AI has it under {written}.", tags)
