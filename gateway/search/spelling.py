"""Which terms a word may have been meant to be that nothing in the catalogue has."""

from collections.abc import Sequence
from string import ascii_lowercase

from rapidfuzz.distance import OSA

from gateway.search.index import Index

SHORTEST = 4
"""Shorter words are taken as they are, but for two letters in the wrong order: too many others are one letter off."""
LONGEST = 30
"""Longer ones are no words."""
FEW_LETTERS = 7
"""Words of so many letters or fewer are taken to have one error, longer ones up to two."""
MOST_MEANT = 3


def meant(word: str, index: Index, *, unfinished: bool = False) -> Sequence[str]:
    """Terms that a word may be a misspelling of, the likeliest first; none where it is not of letters or far too long.

    The likeliest are those that are fewest errors away, then those that begin as the word does, then those that most
    documents have. An error is a letter too many, missing, another, or two in the wrong order (optimal string
    alignment distance). A word that may be `unfinished` is likelier to be the beginning of another.
    """
    if not (word.isascii() and word.isalpha()) or len(word) > LONGEST:
        return []
    if unfinished and len(word) >= SHORTEST and (begun := index.beginning(word)):
        return begun
    known = dict(index.documents_with(_one_error_off(word)))
    if not known and len(word) > SHORTEST:
        most = 1 if len(word) <= FEW_LETTERS else 2
        near = [term for term in index.alike(word) if OSA.distance(word, term) <= most or _is_begun(word, term)]
        known = dict(index.documents_with(near)) if near else {}
    return sorted(known, key=lambda term: (OSA.distance(word, term), term[0] != word[0], -known[term], term))[
        :MOST_MEANT
    ]


def _is_begun(word: str, term: str) -> bool:
    return term.startswith(word) and len(term) <= len(word) + 4


def _one_error_off(word: str) -> list[str]:
    found = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    if len(word) >= SHORTEST:
        found |= {word[:at] + word[at + 1 :] for at in range(len(word))}
        for letter in ascii_lowercase:
            found |= {word[:at] + letter + word[at + 1 :] for at in range(len(word))}
            found |= {word[:at] + letter + word[at:] for at in range(len(word) + 1)}
    found.discard(word)
    return sorted(found)
