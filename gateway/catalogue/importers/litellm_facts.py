"""What a record of LiteLLM's price list says of a model itself: its mode, its limits and what it supports."""

from typing import Any

from gateway.catalogue.importers.adapter import LeftOut, Record
from gateway.catalogue.importers.days import stated_day
from gateway.catalogue.importers.model_facts import (
    MODALITIES,
    TEXT_GENERATION,
    TOKENS,
    Facts,
    flag_attributes,
    listed_for,
    token_count,
)
from gateway.catalogue.importers.wording import texts

MODES: dict[str, tuple[list[str], list[str], list[str]]] = {
    "chat": (["text"], ["text"], []),
    "completion": (["text"], ["text"], []),
    "responses": (["text"], ["text"], []),
    "embedding": ([], [], ["feature-extraction"]),
    "rerank": ([], [], ["text-ranking"]),
    "image_generation": ([], ["image"], []),
    "image_edit": (["image"], ["image"], ["image-to-image"]),
    "video_generation": ([], ["video"], []),
    "audio_transcription": ([], [], ["automatic-speech-recognition"]),
    "audio_speech": ([], [], ["text-to-speech"]),
}
"""By mode: what it takes and gives where the record states nothing, and its tasks.

A mode that is not here says none of them for certain.
"""

ANSWERING = frozenset({"chat", "completion", "responses"})
"""Modes in which text is answered with text, unless the record states that something else is given."""

NO_MODEL = frozenset({"search", "vector_store", "guardrail", "evaluation", "decisions", "extraction"})
TAKES = {
    "supports_vision": "image",
    "supports_image_input": "image",
    "supports_embedding_image_input": "image",
    "supports_audio_input": "audio",
    "supports_video_input": "video",
    "supports_pdf_input": "pdf",
}
FLAGS = {
    "supports_function_calling": "tool_calling",
    "supports_reasoning": "reasoning",
    "supports_response_schema": "structured_output",
    "supports_prompt_caching": "prompt_caching",
    "supports_web_search": "web_search",
    "supports_computer_use": "computer_use",
}
LIMITS = {"max_input_tokens": "input_limit", "max_output_tokens": "output_limit"}


def litellm_facts(value: Record, left_out: LeftOut) -> Facts:
    """The facts of a record; flags that have no place here are counted."""
    mode = value.get("mode")
    takes, gives, tasks = MODES.get(mode, ([], [], [])) if isinstance(mode, str) else ([], [], [])
    takes = [*(texts(value.get("supported_modalities")) or takes)]
    takes += [name for key, name in TAKES.items() if value.get(key) is True]
    gives = [*(texts(value.get("supported_output_modalities")) or gives)]
    gives += ["audio"] if value.get("supports_audio_output") is True else []
    known = TAKES.keys() | FLAGS.keys() | {"supports_audio_output"}
    for key in value:
        if key.startswith("supports_") and key not in known:
            left_out.part("supports_*: a detail of the service that has no place")
    for key in known & value.keys():
        if not isinstance(value[key], bool) and value[key] is not None:
            left_out.part(f"{key}: neither true nor false")
    if isinstance(mode, str) and mode in ANSWERING and "text" in takes and "text" in gives:
        tasks = [TEXT_GENERATION, *tasks]
    return Facts(
        source="LiteLLM",
        takes=_modalities(takes, left_out),
        gives=_modalities(gives, left_out),
        tasks={task: listed_for(task) for task in tasks},
        flags={name: value[key] for key, name in FLAGS.items() if isinstance(value.get(key), bool)},
    )


def litellm_attributes(value: Record, facts: Facts, left_out: LeftOut) -> dict[str, dict[str, Any]]:
    """The attributes of a maker's record, without their day and source."""
    found = flag_attributes(facts)
    for key, name in LIMITS.items():
        if tokens := token_count(value.get(key)):
            found[name] = {"value": tokens, "unit": TOKENS}
        elif value.get(key) is not None:
            left_out.part(f"{key}: 0 or no count, so unknown")
    if size := token_count(value.get("output_vector_size")):
        found["embedding_size"] = {"value": size, "unit": "numbers"}
    if day := stated_day(value.get("deprecation_date")):
        found["deprecated_from"] = {"value": day}
    elif value.get("deprecation_date") is not None:
        left_out.part("deprecation_date: no day")
    for name, listed in (("input_modalities", facts.takes), ("output_modalities", facts.gives)):
        if listed:
            found[name] = {"value": listed}
    return found


def _modalities(stated: list[str], left_out: LeftOut) -> list[str]:
    if not MODALITIES.keys() >= set(stated):
        left_out.part("modalities: one that has no place")
    return [name for name in MODALITIES if name in stated]
