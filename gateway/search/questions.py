"""What a text that is searched for asks: its parts, each with the terms that answer it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

from gateway.search.documents import called, pieces_of
from gateway.search.english import is_english, telling, word_of
from gateway.search.index import Index
from gateway.search.sizes import limited
from gateway.search.spelling import meant
from gateway.search.thesaurus import CONCEPT, KIND, NAME, is_in_thesaurus, is_spelt_in_thesaurus, nearly, phrases_in
from gateway.search.words import STOP_WORDS, Word, plain_word, term_of, words_of
from schema.rules.relevance import Part, weight_of

MOST_WORDS = 24
"""How many words of a text are looked at."""
SAME_MEANING = 0.85
"""How well a word answers that means the same as the one asked for."""
OF_KIND = 0.65
"""How well the word for a kind answers where it stands, other than that the artifact is of that kind."""
NEARLY = 0.6
"""How well what has another meaning answers that is near."""
MEANT = (0.9, 0.75, 0.65)
"""How well terms answer that a word may have been meant to be, the likeliest first."""
OF_PHRASE = 0.35
"""How much of its own weight a word has that is part of a phrase with a meaning."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that nothing in the catalogue has, and what was searched for instead."""

    word: str
    instead: str


class FoundBy(NamedTuple):
    """Terms that documents are found by, and how many documents have the commonest of them."""

    terms: Sequence[str]
    holding: int


@dataclass(slots=True)
class Question:
    """The parts of a text, and by which of their terms documents are found that have them.

    `asides` answer too, but are not what documents are found by: the single words of phrases. `names` are what
    documents have that are called as the text says, or as it says but for the kind of thing.
    """

    parts: list[Part] = field(default_factory=list)
    found_by: list[FoundBy] = field(default_factory=list)
    asides: list[Part] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def marked(self, text: str) -> list[tuple[int, int]]:
        """Where in a text terms stand that answer: from one character to before another, in order, none in another."""
        asked = {term for part in self.all_parts for term, good in part.terms.items() if good > NEARLY}
        words = list(words_of(text))
        found = [
            (word.start, word.end)
            for word in words
            if word.term in asked or plain_word(text[word.start : word.end]) in asked
        ]
        phrases = phrases_in([word.term for word in words])
        found += [(words[one.first].start, words[one.last].end) for one in phrases if one.term in asked]
        merged: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if merged and start < merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged

    @property
    def all_parts(self) -> list[Part]:
        """All that counts for how well a document answers."""
        return self.parts + self.asides


def question(text: str, index: Index, documents: int) -> Question:
    """What a text asks of a catalogue of so many documents."""
    text, limits = limited(text)
    words = list(islice(words_of(text), MOST_WORDS))
    plain = [plain_word(text[word.start : word.end]) for word in words]
    words, plain = _merged(words, plain)
    known = dict(index.documents_with(sorted({*(word.term for word in words), *plain, *_joined(plain)})))
    corrections, likely = [], {}
    for at, word in enumerate(words):
        meant = _meant(word, plain[at], index, known, unfinished=at == len(words) - 1)
        if meant:
            known.update(index.documents_with(meant))
            corrections.append(Correction(text[word.start : word.end], word_of(meant[0])))
            likely[at] = meant
            words[at] = word._replace(term=next(filter(is_in_thesaurus, (meant[0], term_of(meant[0]))), meant[0]))
    made = _parts(words, plain, likely, known, index, documents)
    made.corrections = corrections
    for sizes in limits:
        holding = sum(index.documents_with(sizes).values())
        made.parts.append(Part(dict.fromkeys(sizes, 1.0), weight_of(documents, holding)))
        made.found_by.append(FoundBy(sizes, holding))
    return made


def _meant(word: Word, plain: str, index: Index, known: Mapping[str, int], *, unfinished: bool) -> Sequence[str]:
    """The terms that a word is likely to have been meant to be; none where it is right, or nobody knows."""
    if word.term in known or plain in known or is_in_thesaurus(word.term) or is_english(plain):
        return []
    return meant(word.term, index, unfinished=unfinished) or meant(plain, index, unfinished=unfinished)


def _merged(words: Sequence[Word], plain: Sequence[str]) -> tuple[list[Word], list[str]]:
    """The words, those as one that are one word of the thesaurus, such as `sk learn`."""
    found, texts = [*words], [*plain]
    for at in reversed(range(len(words) - 1)):
        both = plain[at] + plain[at + 1]
        apart = is_in_thesaurus(found[at].term) and is_in_thesaurus(found[at + 1].term)
        if is_spelt_in_thesaurus(both) and not apart:
            found[at : at + 2] = [Word(term_of(both), words[at].start, words[at + 1].end)]
            texts[at : at + 2] = [both]
    return found, texts


def _joined(plain: Sequence[str]) -> list[str]:
    return [first + second for first, second in pairwise(plain)]


def _parts(
    words: Sequence[Word],
    plain: Sequence[str],
    likely: Mapping[int, Sequence[str]],
    known: dict[str, int],
    index: Index,
    documents: int,
) -> Question:
    phrases = {phrase.first: phrase for phrase in phrases_in([word.term for word in words])}
    asked = {term for phrase in phrases.values() for term in (phrase.term, *nearly(phrase.term))}
    pieces = {at: pieces_of(plain[at]) for at, word in enumerate(words) if not {word.term, plain[at]} & known.keys()}
    asked.update(piece for some in pieces.values() for piece in some)
    known.update(index.documents_with(sorted(asked)))
    pairs = _joined(plain)
    made = _Made(documents, known)
    nothing_else = all(word.term in STOP_WORDS for word in words)
    covered = 0
    for at, word in enumerate(words):
        phrase = phrases.get(at)
        if phrase is not None and phrase.last > at:
            made.add(_meaning(phrase.term))
            covered = phrase.last + 1
        if at < covered:
            if word.term not in STOP_WORDS:
                made.add_aside(word.term)
            continue
        if word.term in STOP_WORDS and not nothing_else:
            continue
        terms = {term: 1.0 for term in (plain[at], word.term, *pairs[max(0, at - 1) : at + 1]) if term in known}
        terms |= dict(zip(likely.get(at, ()), MEANT, strict=False))
        if phrase is not None and phrase.term[0] == KIND:
            made.add(dict.fromkeys(terms, OF_KIND) | {phrase.term: 1.0})
        elif phrase is not None:
            made.add(_meaning(phrase.term, SAME_MEANING) | terms, telling(plain[at]))
        elif not terms and len(pieces[at]) > 1 and all(piece in known for piece in pieces[at]):
            for piece in pieces[at]:
                made.add({piece: 1.0})
        else:
            made.add(terms or {word.term: 1.0}, telling(plain[at]))
    spelt = [word_of(likely[at][0]) if at in likely else word for at, word in enumerate(plain)]
    of_kinds = {at for one in phrases.values() if one.term[0] == KIND for at in range(one.first, one.last + 1)}
    without_kinds = [word for at, word in enumerate(spelt) if at not in of_kinds]
    made.question.names = list(dict.fromkeys(called(some) for some in (spelt, without_kinds) if some))
    return made.question


def _meaning(concept: str, good: float = 1.0) -> dict[str, float]:
    """The terms that answer a phrase of the thesaurus."""
    return {concept: good} | dict.fromkeys(nearly(concept), good * NEARLY)


class _Made:
    """A question in the making."""

    def __init__(self, documents: int, known: Mapping[str, int]) -> None:
        self.question = Question()
        self._documents = documents
        self._known = known
        self._asked: set[str] = set()
        self._aside_terms: set[str] = set()

    def add(self, terms: Mapping[str, float], share: float = 1.0) -> None:
        """A part that has this share of its weight; one with another that means the same, if that was asked before."""
        parts, found_by = self.question.parts, self.question.found_by
        # What is only near may be common, and says nothing of how much is asked for.
        telling = [term for term, good in terms.items() if good > NEARLY]
        meant = {term for term in telling if term[0] in (CONCEPT, NAME)}
        exact = self._found_by(telling)
        weight = share * weight_of(self._documents, exact.holding)
        for at, part in enumerate(parts):
            if any(part.terms.get(term, 0) > NEARLY for term in meant) or part.terms.keys() >= terms.keys():
                both = {term: max(part.terms.get(term, 0), terms.get(term, 0)) for term in {**part.terms, **terms}}
                parts[at] = Part(both, max(part.weight, weight))
                found_by[at] = self._found_by(sorted({*found_by[at].terms, *telling}))
                # What says it in the very words that are asked answers more than what only means the same.
                for said in (part.terms, terms):
                    self._aside({term for term in said if term[0] not in (CONCEPT, NAME, KIND)})
                break
        else:
            parts.append(Part(terms, weight))
            found_by.append(exact if exact.holding else self._found_by(list(terms)))
        self._asked.update(terms)

    def _found_by(self, terms: Sequence[str]) -> FoundBy:
        return FoundBy(terms, max(self._known.get(term, 0) for term in terms))

    def add_aside(self, term: str) -> None:
        """A word of a phrase, unless it was asked for already."""
        if term not in self._asked:
            self._asked.add(term)
            self._aside({term})

    def _aside(self, terms: Set[str]) -> None:
        new = terms - self._aside_terms
        holding = max((self._known.get(term, 0) for term in new), default=0)
        if holding:
            self._aside_terms |= new
            weight = OF_PHRASE * weight_of(self._documents, holding)
            self.question.asides.append(Part(dict.fromkeys(sorted(new), 1.0), weight))
