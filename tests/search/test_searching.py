"""Searches over the shipped catalogue, asked as a client asks them, on both databases."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Server
from tests.search.conftest import QUERY, Find, Search, slugs

SEGFORMER, PILE = "segformer-b0-finetuned-ade-512-512", "the-pile"


@pytest.mark.parametrize(
    "text",
    ["segformer b0", "SegFormer-B0", "SEGFORMER_B0", "segformerb0", "seg former b0", "segformer\u2011b0 finetuned"],
)
def test_names_are_found_however_they_are_written(find: Find, text: str) -> None:
    assert SEGFORMER in find(text)[:2]


@pytest.mark.parametrize("text", ["the pile", "pile dataset", "The Pile", "EleutherAI pile", "pile", "THE  PILE!"])
def test_a_name_of_common_words_comes_first(find: Find, text: str) -> None:
    assert find(text)[0] == PILE


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("GPT-4", "openai--gpt-4"),
        ("gpt image 2", "openai--gpt-image-2"),
        ("transformer", "transformer-2017"),
        ("safetensors", "safetensors"),
        ("finetune library", "indicodatasolutions-finetune"),
        ("image generation", "image-generation-2013"),
        ("image geenration", "image-generation-2013"),
        ("Network in Network", "network-in-network-2013"),
        ("the what-if tool", "pair-code-what-if-tool"),
        ("trivia_qa", "trivia_qa"),
        ("commonsense qa dataset", "commonsense_qa"),
        ("openai--gpt-4", "openai--gpt-4"),
    ],
)
def test_what_is_called_so_is_found_however_common_its_words_are(find: Find, text: str, slug: str) -> None:
    assert slug in find(text)[:3]


@pytest.mark.parametrize(
    ("text", "word", "slug"),
    [
        ("whipser large v3", "whipser", "openai-whisper-large-v3"),
        ("segfromer b0", "segfromer", SEGFORMER),
        ("tensrflow", "tensrflow", "tensorflow"),
        ("kubernetis claude mcp", "kubernetis", "kubernetes-claude-mcp"),
    ],
)
def test_typing_errors_are_allowed_for_and_told(search: Search, text: str, word: str, slug: str) -> None:
    found = search(text)
    assert slug in slugs(found)[:5]
    assert [one["word"] for one in found["corrections"]] == [word]


def test_right_words_are_not_taken_for_errors(search: Search) -> None:
    # Nothing in the catalogue has these, but they are English.
    assert search("photosynthesis umbrella")["corrections"] == []


def test_capitals_of_another_style_are_the_same_letters(find: Find) -> None:
    # In bold, as some write in posts.
    bold = "\U0001d412\U0001d404\U0001d406\U0001d405\U0001d40e\U0001d411\U0001d40c\U0001d404\U0001d411"
    assert find(bold) == find("segformer") != []


def test_words_that_mean_the_same_find_the_same(find: Find) -> None:
    assert set(find("STT")[:10]) & set(find("automatic speech recognition")[:10])
    assert set(find("ocr")[:10]) & set(find("read text from images")[:10])


def test_phrases_are_in_order(find: Find) -> None:
    speaking, listening = find("text to speech")[:10], find("speech to text")[:10]
    assert "openai-whisper-large-v3" in listening
    assert "openai-whisper-large-v3" not in speaking


@pytest.mark.parametrize(
    "text",
    [
        'the "pile"',
        "the pile*",
        "the pile AND",
        "the pile OR NOT",
        "NEAR(the pile)",
        "the:pile",
        "{the} - pile^",
        "the pile'; DROP TABLE artifact; --",
        "the pile %_",
        "the & pile | !",
        "the pile 🥧",
        "the\tpile\n",
        "﻿the pile",
    ],
)
def test_no_sign_has_a_meaning(find: Find, server: Server, text: str) -> None:
    assert find(text)[0] == PILE
    assert server.data("{ catalogue { artifactCount } }")["catalogue"]["artifactCount"] > 5_000


def test_what_stands_for_terms_inside_cannot_be_asked_for(search: Search) -> None:
    for sign in ("\ue000", "\ue001", "\ue002", "\ue003"):
        assert search(f"{sign}17 pile") == search("17 pile")


@pytest.mark.parametrize("text", ["", "   ", "🥧", "!?", "the of and", "x" * 10_000, "pile " * 2_000, "'" * 10_000])
def test_texts_of_any_sort_are_answered(search: Search, text: str) -> None:
    found = search(text)
    assert found["totalCount"] >= 0
    assert found["pageInfo"]["hasPreviousPage"] is False


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
def test_any_text_is_data(search: Search, text: str) -> None:
    found = search(text)
    assert all(0 < edge["node"]["score"] <= 1 for edge in found["edges"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prefix=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_any_beginning_is_data(server: Server, prefix: str) -> None:
    assert "errors" not in server.ask("query ($p: String!) { suggest(prefix: $p) { text } }", p=prefix)


def test_hits_are_in_order_and_say_why(search: Search) -> None:
    found = search("semantic segmentation of street scenes", first=50)
    hits = [edge["node"] for edge in found["edges"]]
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len(set(slugs(found))) == len(hits) == min(50, found["totalCount"])
    assert any(hit["capability"] for hit in hits)
    for hit in hits:
        if hit["capability"]:
            assert hit["capability"]["artifact"]["slug"] == hit["artifact"]["slug"]


def test_a_hit_says_which_use_answers(search: Search) -> None:
    hits = [edge["node"] for edge in search("show my model to friends in a web page", first=5)["edges"]]
    assert any(hit["use"] for hit in hits)
    for hit in hits:
        assert hit["use"] is None or hit["use"] in hit["artifact"]["uses"]
        marked = [one for one in hit["highlights"] if one["text"] == "USE"]
        assert bool(marked) is (hit["use"] is not None)
        assert all(0 <= one["start"] < one["end"] <= len(hit["use"]) for one in marked)


def test_highlights_are_ranges_of_the_texts(search: Search) -> None:
    hit = search("segmentation of an image into scene classes", first=1)["edges"][0]["node"]
    artifact, capability = hit["artifact"], hit["capability"]
    texts = {"NAME": artifact["name"], "SUMMARY": artifact["summary"], "USE": hit["use"]}
    texts |= {"CAPABILITY_NAME": capability["name"], "CAPABILITY_DESCRIPTION": capability["description"]}
    marked = [texts[one["text"]][one["start"] : one["end"]].lower() for one in hit["highlights"]]
    assert marked
    assert all(
        any(part in text for part in ("segment", "image", "scene", "class", "photo", "pictur")) for text in marked
    ), marked
    for name in texts:
        ranges = [(one["start"], one["end"]) for one in hit["highlights"] if one["text"] == name]
        assert all(end <= start for (_, end), (start, _) in pairwise(ranges))


def test_pages_make_up_the_whole(search: Search) -> None:
    whole = slugs(search("image generation", first=40))
    walked: list[str] = []
    after = None
    for _ in range(4):
        page = search("image generation", first=10, after=after)
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        walked += slugs(page)
        after = page["pageInfo"]["endCursor"]
        assert after == page["edges"][-1]["cursor"]
    assert walked == whole
    end = search("image generation", first=100, after=after)
    assert len(whole) + len(end["edges"]) <= end["totalCount"]


def test_the_end_is_told(search: Search) -> None:
    found = search("segformer b0", first=100)
    assert found["pageInfo"]["hasNextPage"] is False
    assert found["totalCount"] == len(found["edges"])
    beyond = search("segformer b0", after=found["pageInfo"]["endCursor"])
    assert beyond["edges"] == []
    assert beyond["pageInfo"]["startCursor"] is None


def test_conditions_are_met(search: Search) -> None:
    kinds = {edge["node"]["artifact"]["kind"] for edge in search("image", kinds=["DATASET"], first=100)["edges"]}
    assert kinds == {"DATASET"}
    both = search("image", kinds=["DATASET"], filter={"kinds": ["LIBRARY", "DATASET"]}, first=100)
    assert {edge["node"]["artifact"]["kind"] for edge in both["edges"]} == {"DATASET"}
    assert search("image", kinds=["DATASET"], filter={"kinds": ["LIBRARY"]})["totalCount"] == 0
    assert search("image", kinds=[])["totalCount"] == 0
    assert slugs(search("pile", filter={"publishers": ["EleutherAI"], "availabilities": ["REMOVED"]})) == [PILE]
    segmenting = search("ade20k", filter={"tasks": ["image-segmentation"], "licenseUses": ["NON_COMMERCIAL"]})
    assert SEGFORMER in slugs(segmenting)


def test_what_is_removed_is_found_unless_a_filter_leaves_it_out(find: Find) -> None:
    assert PILE in find("the pile")
    assert PILE not in find("the pile", filter={}, first=100)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": "x", "first": 101}, "BAD_PAGE_SIZE"),
        ({"text": "x", "first": -1}, "BAD_PAGE_SIZE"),
        ({"text": "x", "after": "nonsense"}, "BAD_CURSOR"),
        ({"text": "a\0b"}, "BAD_INPUT"),
        ({}, "BAD_VARIABLES"),
    ],
)
def test_bad_input_is_told(server: Server, given: dict[str, object], code: str) -> None:
    assert server.code(QUERY, **given) == code
