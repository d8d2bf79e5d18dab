"""Which capability answers which: at most one partner each, by what they say and not by where they stand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.alignment import LEAST_SIMILARITY, align, exclusive
from schema.rules.likeness import Described, likeness, traits
from tests.bench.alignment.labelled import average_precision, chosen_threshold, labelled, precision_recall, scores

SUBJECTS = ["books", "web", "code", "speech", "images", "search", "label", "train", "stream", "split"]
WORDS = st.lists(st.sampled_from(SUBJECTS), max_size=4).map(" ".join)
TAGS = st.lists(st.sampled_from([*SUBJECTS, "audio", "text-to-image"]), max_size=3, unique=True).map(tuple)
SAID = st.builds(Described, WORDS, WORDS, TAGS)
COLUMNS = st.lists(st.lists(SAID, max_size=5), min_size=2, max_size=4)
Columns = list[list[Described]]

LEFT = [
    Described("Web text with quality filters", "Pages of a crawl that a classifier finds good.", ("web-text",)),
    Described("Books", "Long works of fiction and non-fiction.", ("books",)),
    Described("Compressed lines", "Can be read as a stream.", ("compression", "streaming")),
]
RIGHT = [
    Described("Streaming of each line", "Without unpacking the whole.", ("streaming",)),
    Described("Filtered pages", "Those that a quality classifier kept.", ("web-text", "quality-filtering")),
    Described("Speech to text", "Forty languages.", ("automatic-speech-recognition",)),
]


def task(name: str, field: str) -> Described:
    """A task as the importers put it."""
    return Described(name, f"The Hub lists it for {name.lower()}.", (name.lower().replace(" ", "-"), field))


def near(left: Described, right: Described) -> float:
    return likeness(traits(left), traits(right))


def test_capabilities_that_say_the_same_answer_each_other() -> None:
    pairs = {(pair.left, pair.right) for pair in align([LEFT, RIGHT])}
    assert pairs == {((0, 0), (1, 1)), ((0, 2), (1, 0))}
    assert exclusive([LEFT, RIGHT], 0) == [1]
    assert exclusive([LEFT, RIGHT], 1) == [2]


def test_the_same_text_is_as_near_as_can_be() -> None:
    said = Described("Counts tokens", "Of any text.", ("tokenization",))
    [pair] = align([[said], [said]])
    assert pair.similarity == pytest.approx(1)


def test_opposite_directions_are_not_the_same() -> None:
    made, read = task("Text to image", "computer-vision"), task("Image to text", "computer-vision")
    assert near(made, read) < LEAST_SIMILARITY < near(made, task("Text to image", "computer-vision"))


def test_a_field_of_work_and_a_sentence_frame_make_no_answer() -> None:
    assert near(task("Translation", "natural-language"), task("Fill mask", "natural-language")) < LEAST_SIMILARITY


def test_the_same_question_answered_in_another_way_is_an_answer_but_a_farther_one() -> None:
    def files(form: str) -> Described:
        return Described(f"Files in {form}", f"Its files are listed as {form}.", ("file-format", form.lower()))

    assert LEAST_SIMILARITY < near(files("GGUF"), files("ONNX")) < near(files("GGUF"), files("GGUF"))


def test_what_else_is_compared_changes_no_pair() -> None:
    alone = align([LEFT, RIGHT])
    beside = align([LEFT, RIGHT, LEFT + RIGHT])
    assert alone == [pair for pair in beside if pair.left[0] == 0 and pair.right[0] == 1]


@pytest.mark.parametrize("held_back", [False, True])
def test_the_measure_is_as_good_as_it_was_on_the_labelled_pairs(held_back: bool) -> None:
    pairs = [pair for pair in labelled() if pair.held_back is held_back]
    assert len(pairs) > 100
    scored = scores(near, pairs)
    answers = [pair.answers for pair in pairs]
    precision, recall = precision_recall(scored, answers, LEAST_SIMILARITY)
    assert precision >= 0.83
    assert recall >= 0.63
    assert average_precision(scored, answers) >= 0.90
    assert average_precision(scored, [pair.same for pair in pairs]) >= 0.64


def test_the_least_similarity_is_the_one_that_the_tuning_half_asks_for() -> None:
    pairs = [pair for pair in labelled() if not pair.held_back]
    assert chosen_threshold(scores(near, pairs), [pair.answers for pair in pairs]) == LEAST_SIMILARITY


@given(COLUMNS, st.floats(0, 1))
def test_each_has_at_most_one_partner_in_each_other_column(columns: Columns, minimum: float) -> None:
    pairs = align(columns, minimum)
    taken = [(pair.left, pair.right[0]) for pair in pairs] + [(pair.right, pair.left[0]) for pair in pairs]
    assert len(taken) == len(set(taken))
    assert all(pair.left[0] < pair.right[0] and minimum <= pair.similarity <= 1 for pair in pairs)
    assert [pair.similarity for pair in pairs] == sorted((pair.similarity for pair in pairs), reverse=True)


@given(COLUMNS, st.data())
def test_the_order_of_the_columns_changes_no_pair(columns: Columns, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(columns))))

    def told(pairs: list[Any], places: list[int]) -> set[Any]:
        ends = [{(places[column], position) for column, position in (pair.left, pair.right)} for pair in pairs]
        return {(frozenset(end), pair.similarity) for end, pair in zip(ends, pairs, strict=True)}

    there = told(align([columns[place] for place in order]), order)
    assert there == told(align(columns), list(range(len(columns))))


@given(SAID, SAID)
def test_nearness_is_the_same_from_either_side(left: Described, right: Described) -> None:
    assert near(left, right) == near(right, left)
    assert 0 <= near(left, right) <= 1


@given(COLUMNS, st.floats(0, 1))
def test_a_higher_minimum_only_leaves_pairs_out(columns: Columns, minimum: float) -> None:
    assert align(columns, minimum) == [pair for pair in align(columns, 0) if pair.similarity >= minimum]


@given(COLUMNS)
def test_what_is_exclusive_has_no_partner_and_the_rest_has_one(columns: Columns) -> None:
    paired = {place for pair in align(columns, LEAST_SIMILARITY) for place in (pair.left, pair.right)}
    for column, said in enumerate(columns):
        alone = exclusive(columns, column)
        assert alone == [position for position in range(len(said)) if (column, position) not in paired]
