"""What of an artifact is searched: its terms, by how much they say of it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple

from gateway.search.sizes import size_term
from gateway.search.thesaurus import KIND, NAME, kind_terms, phrases_in
from gateway.search.words import STOP_WORDS, THESAURUS, WORD, plain_word, plain_words, term_of, terms_of

FORM = 6
"""Grows with each change of the code that has terms or documents made in another way."""
ANALYSIS = blake2b(THESAURUS, digest_size=8, key=bytes([FORM])).hexdigest()
"""What documents are made by: those that were made by another have to be made anew."""
ARTIFACT_COLUMNS = (
    *("name", "slug", "kind", "tasks", "publisher", "license", "summary", "uses"),
    *("pricing", "availability", "license_use"),
)
"""The columns that documents are made of."""
BETWEEN = " | "
"""What stands between two names, between two capabilities, and between a summary and uses."""
THEN = " : "
"""What stands between names and how else they are spelt, and between the name of a capability and what it is said to
do."""
CONDITION = "\ue001"
"""What a condition that an artifact meets begins with, and no term does."""
PIECE = re.compile(r"[0-9]+|[^0-9]+")
LONGEST_COMPOUND = 40


class Capability(NamedTuple):
    """What of a capability is searched."""

    name: str
    description: str
    uniqueness: str | None
    tags: list[str]


class Document(NamedTuple):
    """The terms of an artifact: of its names and aliases, of what it is for, of its capabilities, of what else is said.

    `conditions` are what searches may ask to be met. Each is a text of terms with spaces between them.
    """

    names: str
    aliases: str
    topics: str
    capabilities: str
    about: str
    conditions: str


def document(artifact: Any, aliases: Sequence[str], capabilities: Sequence[Capability], parameters: Any) -> Document:
    """The document of an artifact, from its row with ARTIFACT_COLUMNS; capabilities in the order of their positions.

    `parameters` is what is stated of how many it has, which may be nothing, or no number.
    """
    names, meanings = _names([artifact.name, artifact.slug])
    other_names, other_meanings = _names(aliases)
    topics = [*artifact.tasks, artifact.publisher, artifact.license]
    sizes = [size_term(parameters)] if isinstance(parameters, int | float) else []
    return Document(
        names,
        other_names,
        " ".join(
            [*kind_terms(artifact.kind.name), *map(_terms, filter(None, topics)), *meanings, *other_meanings, *sizes]
        ),
        BETWEEN.join(map(_capability, capabilities)),
        BETWEEN.join(map(_terms, [artifact.summary or "", *artifact.uses])),
        " ".join(_conditions(artifact, aliases)),
    )


@lru_cache(20_000)
def condition(name: str, value: str) -> str:
    """A condition of a filter as one term, whatever its value is made of. Many artifacts meet the same."""
    return _as_term(f"{name}:{value}")


def called(words: Sequence[str]) -> str:
    """The condition of having just these words as a name, written together or not; stop words do not matter."""
    return _as_term(f"called:{''.join([word for word in words if word not in STOP_WORDS] or words)}")


def _as_term(text: str) -> str:
    return f"{CONDITION}{blake2b(text.encode(), digest_size=8).hexdigest()}"


def pieces_of(word: str) -> list[str]:
    """A word where letters and figures meet taken apart."""
    return PIECE.findall(word)


@lru_cache(20_000)
def _terms(text: str) -> str:
    """The terms of a text that says what something is about. Many texts of a catalogue are the same."""
    terms = terms_of(text)
    found = dict.fromkeys(term for term in terms if term not in STOP_WORDS)
    found.update((phrase.term, None) for phrase in phrases_in(terms) if phrase.term[0] != KIND)
    return " ".join(found)


def _names(names: Sequence[str]) -> tuple[str, list[str]]:
    """Some names with how else they are spelt, and the terms that stand for the phrases in them."""
    own: dict[str, None] = {}
    spelt: dict[str, None] = {}
    meanings: list[str] = []
    for name in names:
        words = [(term, plain_word(word)) for word in WORD.findall(name) if (term := term_of(word))]
        terms, plain = [term for term, _ in words], [word for _, word in words]
        # A name of stop words alone has nothing else to be found by.
        own[" ".join([term for term in terms if term not in STOP_WORDS] or terms)] = None
        spelt.update(dict.fromkeys(_spellings(terms, plain)))
        phrases = [phrase for phrase in phrases_in(terms) if phrase.term[0] != KIND]
        meanings += [phrase.term for phrase in phrases]
        # What is one name however it is spelt is found by it as by its own words.
        for phrase in reversed(phrases):
            if phrase.term[0] == NAME:
                terms[phrase.first : phrase.last + 1] = [phrase.term]
        own[" ".join([term for term in terms if term not in STOP_WORDS] or terms)] = None
    return f"{BETWEEN.join(own)}{THEN}{' '.join(spelt)}", meanings


def _spellings(terms: Sequence[str], plain: Sequence[str]) -> list[str]:
    """What else a name is found by: its words as they are, in pieces, two together and all together.

    So `GPT-4o` is found by `gpt4o` as by `gpt 4 o`, and as soon as the first letters of a word are there.
    """
    found = [*terms, *plain, *(piece for word in plain for piece in pieces_of(word))]
    found += [first + second for first, second in pairwise(plain)] + ["".join(plain)]
    return [word for word in found if len(word) <= LONGEST_COMPOUND]


def _capability(one: Capability) -> str:
    others = [*one.tags, one.description, one.uniqueness or ""]
    return f"{_terms(one.name)}{THEN}{' '.join(map(_terms, others))}"


def _conditions(artifact: Any, aliases: Sequence[str]) -> list[str]:
    plain = ("kind", "pricing", "availability", "license_use")
    found = [condition(name, getattr(artifact, name).name) for name in plain if getattr(artifact, name) is not None]
    if artifact.publisher:
        found.append(condition("publisher", artifact.publisher))
    found += [condition("task", task) for task in artifact.tasks]
    return found + sorted({called(plain_words(name)) for name in (artifact.name, artifact.slug, *aliases)})
