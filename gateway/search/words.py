"""The words of texts, questions and the catalogue's alike, as terms: what means the same is written the same.

A term is a word in small letters, without accents and without its ending.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import NamedTuple

import orjson
import snowballstemmer

THESAURUS = files("seeds").joinpath("thesaurus.json").read_bytes()
STATED = orjson.loads(THESAURUS)
STOP_WORDS: frozenset[str] = frozenset(STATED["stop_words"])
"""Words that say nothing of what a text is about."""
WORD = re.compile(r"[cC]\+\+|[cCfF]#|[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_\u0300-\u036f]*)*")
SIGNS = {"c++": "cpp", "c#": "csharp", "f#": "fsharp"}
LONGEST_TERM = 60
_STEMMER = snowballstemmer.stemmer("english")
_STEMMING = Lock()


class Word(NamedTuple):
    """A word of a text: its term, and where it stands, from `start` to before `end`, in characters."""

    term: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """The words of a text."""
    for match in WORD.finditer(text):
        term = term_of(match[0])
        if term:
            yield Word(term, match.start(), match.end())


def plain_words(text: str) -> list[str]:
    """The words of a text as they are, in small letters."""
    return [word for word in map(plain_word, WORD.findall(text)) if word]


def terms_of(text: str) -> list[str]:
    """The terms of the words of a text, where it does not matter where they stand."""
    return [term for term in map(term_of, WORD.findall(text)) if term]


@lru_cache(100_000)
def term_of(word: str) -> str:
    """The term that a word is; empty for one that has no letter and no figure."""
    plain = plain_word(word)
    if plain in STOP_WORDS or not (plain.isascii() and plain.isalpha()):
        return plain[:LONGEST_TERM]
    # The stemmer keeps what it works on in itself.
    with _STEMMING:
        stem: str = _STEMMER.stemWord(plain)
    return stem[:LONGEST_TERM]


def plain_word(word: str) -> str:
    """A word in small letters, without accents and signs."""
    low = word.casefold()
    if low.isascii():
        return low if low.isalnum() else SIGNS.get(low, "")
    # Again in small letters, because capitals of a style of letters, such as bold ones, are plain capitals only now.
    return "".join(char for char in unicodedata.normalize("NFKD", low).casefold() if char.isalnum())
