"""The measures that were tried. Those of libraries that are not installed are left out."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from math import log, sqrt
from typing import Any

from rapidfuzz import fuzz

from schema.rules.likeness import Described, likeness, traits, words
from tests.bench.alignment.labelled import Measure, Pair


def measures(fitted_on: Sequence[Pair]) -> Iterator[tuple[str, Measure]]:
    """Each measure with its name. What learns the rarity of words learns it from `fitted_on`."""
    sides = list(dict.fromkeys(side for pair in fitted_on for side in (pair.left, pair.right)))
    prepared = cache(traits)
    yield "chosen: tags, words, neighbours", lambda a, b: likeness(prepared(a), prepared(b))
    yield "before: cosine of the texts' words", _rare_words(sides)
    yield "shared tags (Dice)", _tags
    for scorer in (fuzz.token_set_ratio, fuzz.WRatio):
        for text in (_short, _whole):
            yield f"rapidfuzz {scorer.__name__}, {_NAMES[text]}", _fuzzy(scorer, text)
    for text in (_short, _whole):
        for analyzer, grams in (("word", (1, 2)), ("char_wb", (3, 5))):
            if made := _vectorised(sides, text, analyzer, grams):
                yield f"scikit-learn TF-IDF {analyzer} {grams[0]}-{grams[1]}, {_NAMES[text]}", made
        if made := _bm25(sides, text):
            yield f"bm25s, {_NAMES[text]}", made


def _short(said: Described) -> str:
    return f"{said.name} {' '.join(said.tags)}".lower()


def _whole(said: Described) -> str:
    return f"{said.name} {said.description} {' '.join(said.tags)}".lower()


_NAMES: dict[Callable[[Described], str], str] = {_short: "name and tags", _whole: "all"}


def _tags(left: Described, right: Described) -> float:
    shared = len({*left.tags} & {*right.tags})
    return 2 * shared / (len(left.tags) + len(right.tags)) if shared else 0.0


def _fuzzy(scorer: Callable[[str, str], float], text: Callable[[Described], str]) -> Measure:
    return lambda left, right: scorer(text(left), text(right)) / 100


def _rare_words(sides: Sequence[Described]) -> Measure:
    """What the gateway used before: every word weighs log(1 + N / n), words of the name twice."""

    texts = {said: words(f"{said.name} {_whole(said)}") for said in sides}
    seen = Counter(word for text in texts.values() for word in set(text))

    @cache
    def vector(said: Described) -> dict[str, float]:
        weighed = {word: n * log(1 + len(sides) / seen[word]) for word, n in Counter(texts[said]).items()}
        length = sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {word: weight / length for word, weight in weighed.items()}

    return lambda left, right: likeness(vector(left), vector(right))


def _vectorised(
    sides: Sequence[Described], text: Callable[[Described], str], analyzer: str, grams: tuple[int, int]
) -> Measure | None:
    try:
        library: Any = import_module("sklearn.feature_extraction.text")
    except ImportError:
        return None
    vectorizer = library.TfidfVectorizer(analyzer=analyzer, ngram_range=grams, sublinear_tf=True)
    vectorizer.fit([text(said) for said in sides])

    vector = cache(lambda said: vectorizer.transform([text(said)]))
    return lambda left, right: float((vector(left) @ vector(right).T).sum())


def _bm25(sides: Sequence[Described], text: Callable[[Described], str]) -> Measure | None:
    try:
        library: Any = import_module("bm25s")
    except ImportError:
        return None
    index = library.BM25()
    index.index([text(said).split() for said in sides], show_progress=False)
    places = {said: place for place, said in enumerate(sides)}

    all_scores = cache(lambda said: index.get_scores(text(said).split()))

    def one_way(query: Described, found: Described) -> float:
        every = all_scores(query)
        return float(every[places[found]] / every[places[query]])

    # A query finds itself best, which makes the scores of both ways shares of 1.
    return lambda left, right: (one_way(left, right) + one_way(right, left)) / 2
