"""Which capability answers which: at most one partner each, by what they say and not by where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from schema.rules.alignment import LEAST_SIMILARITY, align, exclusive

SUBJECTS = ["books", "web", "code", "speech", "images", "search", "label", "train", "stream", "split"]
WORDS = st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=6)
TEXTS = st.lists(WORDS.map(" ".join), max_size=5)
COLUMNS = st.lists(TEXTS, min_size=2, max_size=4)

LEFT = [
    "Web text with quality filters: pages from a crawl, kept where a classifier finds them good.",
    "Books: long works of fiction and non-fiction.",
    "Reads compressed lines as a stream.",
]
RIGHT = [
    "Streams each compressed line without unpacking the whole.",
    "Pages of the web crawl that a quality classifier kept.",
    "Transcribes speech in forty languages.",
]


def test_capabilities_that_say_the_same_answer_each_other() -> None:
    pairs = {(pair.left, pair.right) for pair in align([LEFT, RIGHT])}
    assert pairs == {((0, 0), (1, 1)), ((0, 2), (1, 0))}
    assert exclusive([LEFT, RIGHT], 0) == [1]
    assert exclusive([LEFT, RIGHT], 1) == [2]


def test_the_same_text_is_as_near_as_can_be() -> None:
    [pair] = align([["Counts tokens."], ["Counts tokens."]])
    assert abs(pair.similarity - 1) < 1e-9


@given(COLUMNS, st.floats(0, 1))
def test_each_has_at_most_one_partner_in_each_other_column(columns: list[list[str]], minimum: float) -> None:
    pairs = align(columns, minimum)
    taken = [(pair.left, pair.right[0]) for pair in pairs] + [(pair.right, pair.left[0]) for pair in pairs]
    assert len(taken) == len(set(taken))
    assert all(pair.left[0] < pair.right[0] and minimum <= pair.similarity <= 1 for pair in pairs)
    assert [pair.similarity for pair in pairs] == sorted((pair.similarity for pair in pairs), reverse=True)


@given(TEXTS, TEXTS)
def test_swapping_the_columns_changes_no_similarity(left: list[str], right: list[str]) -> None:
    here, there = align([left, right]), align([right, left])
    assert [round(pair.similarity, 9) for pair in here] == [round(pair.similarity, 9) for pair in there]


@given(COLUMNS)
def test_what_is_exclusive_has_no_partner_and_the_rest_has_one(columns: list[list[str]]) -> None:
    paired = {place for pair in align(columns, LEAST_SIMILARITY) for place in (pair.left, pair.right)}
    for column, texts in enumerate(columns):
        alone = exclusive(columns, column)
        assert alone == [position for position in range(len(texts)) if (column, position) not in paired]
