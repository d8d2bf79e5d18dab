"""Names that are suggested while somebody types."""

import pytest

from tests.conftest import Server
from tests.search.conftest import SUGGEST


def suggested(server: Server, prefix: str, first: int | None = None) -> list[str]:
    """The slugs that are suggested."""
    found = server.data(SUGGEST, prefix=prefix, first=first)["suggest"]
    return [one["artifact"]["slug"] for one in found]


def test_every_keystroke_is_answered(server: Server) -> None:
    name = "segformer-b0-fine"
    for end in range(4, len(name) + 1):
        assert "segformer-b0-finetuned-ade-512-512" in suggested(server, name[:end])
    assert suggested(server, "the pi")[0] == "the-pile"
    assert len(suggested(server, "t", 7)) == 7


def test_names_that_begin_so_come_before_others(server: Server) -> None:
    names = [one["text"].lower() for one in server.data(SUGGEST, prefix="lla", first=20)["suggest"]]
    begins = [name.startswith("lla") for name in names]
    assert any(begins)
    assert begins == sorted(begins, reverse=True)


@pytest.mark.parametrize("prefix", ["GPT4o", "gpt 4o", "gpt-4o", "Gpt_4O"])
def test_signs_and_spaces_do_not_matter(server: Server, prefix: str) -> None:
    assert "openai--gpt-4o" in suggested(server, prefix, 20)


def test_typing_errors_are_allowed_for(server: Server) -> None:
    assert "openai-whisper-large-v3" in suggested(server, "whipser lar", 20)


def test_nothing_typed_suggests_nothing(server: Server) -> None:
    for prefix in ("", "  ", "!", "🥧"):
        assert suggested(server, prefix) == []


def test_size_is_checked(server: Server) -> None:
    assert suggested(server, "a", 0) == []
    assert server.code(SUGGEST, prefix="a", first=101) == "BAD_PAGE_SIZE"
    assert server.code(SUGGEST, prefix="a\0") == "BAD_INPUT"
