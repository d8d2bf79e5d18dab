"""What lists of models and their sellers say that a model can do, in the catalogue's words.

A flag that is true gives a capability. One that is false says that something is missing, which is no capability, and is
kept as an attribute. Where there is no flag, nothing is said.
"""

from dataclasses import dataclass, field
from typing import Any

from gateway.catalogue.importers.figures import count
from gateway.catalogue.importers.hub_tasks import TASKS

TOKENS = "tokens"
TEXT_GENERATION = "text-generation"
MODALITIES = {
    "text": ("text", "natural-language"),
    "image": ("images", "computer-vision"),
    "audio": ("audio", "audio"),
    "video": ("video", "video"),
    "pdf": ("PDF files", "documents"),
}
"""By the sources' name: how a sentence has it, and what it is about."""

FLAGS = {
    "tool_calling": (
        "Tool calling",
        "as able to call tools that are described to it",
        ["tool-calling", "function-calling", "agents"],
    ),
    "reasoning": ("Reasoning", "as a reasoning model: it can work through steps before it answers", ["reasoning"]),
    "structured_output": (
        "Structured output",
        "as able to keep its answers to a form that the caller sets",
        ["structured-output", "json"],
    ),
    "attachments": ("Attached files", "as able to take files beside a text", ["attachments", "file-input"]),
    "open_weights": ("Open weights", "with open weights, which can be run on one's own machines", ["open-weights"]),
    "prompt_caching": (
        "Prompt caching",
        "with prompt caching: the start of a prompt that comes again can be kept and need not be read anew",
        ["prompt-caching"],
    ),
    "web_search": ("Web search", "as able to search the web for an answer", ["web-search"]),
    "computer_use": ("Computer use", "as able to operate a computer by its screen", ["computer-use", "agents"]),
}
"""By the key of the attribute: the capability's name, how it is listed, and its tags."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one record says of a model; `source` is how a sentence names who says it.

    `tasks` has for each task what the source lists, as a sentence has it after the source's name.
    """

    source: str
    takes: list[str] = field(default_factory=list)
    gives: list[str] = field(default_factory=list)
    tasks: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    context: int | None = None
    answer: int | None = None


def flag_attributes(facts: Facts) -> dict[str, dict[str, Any]]:
    """What is said to be there and what is said to be missing, as attributes."""
    return {key: {"value": value} for key, value in facts.flags.items()}


def token_count(value: object) -> int | None:
    """A limit in tokens, or None where there is none: 0 stands for a limit that nobody has told."""
    return count(value) or None


def fact_capabilities(facts: Facts) -> list[dict[str, Any]]:
    """The capabilities that follow from the facts, each with a sentence that says whose word it is."""
    found = [_task(facts.source, task, listed) for task, listed in facts.tasks.items()]
    said = {"text"} if TEXT_GENERATION in facts.tasks else set()
    found += [_modality(facts.source, name, "input", "takes") for name in facts.takes if name not in said]
    found += [_modality(facts.source, name, "output", "gives") for name in facts.gives if name not in said]
    for key, (name, listed_as, tags) in FLAGS.items():
        if facts.flags.get(key):
            description = f"{facts.source} lists it {listed_as}."
            found.append({"slug": key.replace("_", "-"), "name": name, "description": description, "tags": tags})
    if facts.context:
        found.append(_context(facts.source, facts.context, facts.answer))
    return found


def listed_for(task: str) -> str:
    """What a source says that lists a model for a task."""
    return f"lists it for {task.replace('-', ' ')}"


def _task(source: str, task: str, listed: str) -> dict[str, Any]:
    about, meaning = TASKS[task]
    written = task.replace("-", " ")
    return {
        "slug": task,
        "name": written[0].upper() + written[1:],
        "description": f"{source} {listed}: {meaning}.",
        "tags": [task, about],
    }


def _modality(source: str, name: str, ends: str, way: str) -> dict[str, Any]:
    written, about = MODALITIES[name]
    return {
        "slug": f"{name}-{ends}",
        "name": f"{written[0].upper() + written[1:]} as {ends}",
        "description": f"{source} lists {written} among what it {way}.",
        "tags": list(dict.fromkeys([f"{name}-{ends}", about])),
    }


def _context(source: str, context: int, answer: int | None) -> dict[str, Any]:
    answers = f", and answers of up to {answer:,}" if answer else ""
    return {
        "slug": "context-window",
        "name": f"Context of {context:,} tokens",
        "description": f"{source} lists a context window of {context:,} tokens{answers}.",
        "tags": ["context-window"],
    }
