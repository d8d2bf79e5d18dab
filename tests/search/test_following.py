"""What is found follows the catalogue: after imports, replacements, rescoring, and in databases of older gateways."""

import json
from collections import Counter
from collections.abc import Callable

import pytest

from tests.catalogue.lines import line, whole
from tests.conftest import Run, Server, change, rows
from tests.search.conftest import SUGGEST, searching, slugs

Serve = Callable[[str], Server]


def imported(gateway: Run, *lines: str, replace: bool = False) -> None:
    ran = gateway("import", "-", *(["--replace"] if replace else []), input="\n".join(lines))
    assert ran.returncode == 0, ran.stderr


def found(server: Server, text: str) -> list[str]:
    return slugs(searching(server)(text))


def test_imports_are_found_at_once(gateway: Run, address: str, serve: Serve) -> None:
    imported(gateway, line("one", name="Quokka"))
    server = serve(address)
    assert found(server, "quokka") == ["one"]
    imported(gateway, line("one", name="Wombat"), line("two", name="Numbat", summary="Not the quokka of old."))
    assert found(server, "wombat") == ["one"]
    assert found(server, "quokka") == ["two"]
    assert server.data(SUGGEST, prefix="wom")["suggest"] == [{"text": "Wombat", "artifact": {"slug": "one"}}]
    assert server.data(SUGGEST, prefix="quo")["suggest"] == []
    imported(gateway, line("two", name="Numbat"), replace=True)
    assert found(server, "wombat") == found(server, "quokka") == []
    # What nothing has any more is taken for a typing error of what something has.
    assert searching(server)("wumbat")["corrections"] == [{"word": "wumbat", "instead": "numbat"}]


def test_an_import_that_fails_changes_nothing_that_is_found(gateway: Run, address: str, serve: Serve) -> None:
    imported(gateway, line("one", name="Quokka"))
    server = serve(address)
    assert gateway("import", "-", input=line("one", name="Wombat") + "\n{").returncode == 2
    assert found(server, "quokka") == ["one"]
    assert found(server, "wombat") == []


def test_of_equal_answers_the_better_ranked_comes_first(gateway: Run, address: str, serve: Serve) -> None:
    source = {"title": "made for the test"}

    def ranked(slug: str, value: float) -> str:
        names = ("adoption", "quality", "ecosystem")
        scores = {name: {"value": value, "basis": "PUBLISHED", "source": source} for name in names}
        return line(slug, name="Quokka", scores=scores)

    imported(gateway, ranked("one", 0.2), ranked("two", 0.9), line("three", name="Quokka"))
    server = serve(address)
    assert found(server, "quokka") == ["two", "one", "three"]
    imported(gateway, ranked("one", 1.0))
    assert found(server, "quokka") == ["one", "two", "three"]
    assert [one["artifact"]["slug"] for one in server.data(SUGGEST, prefix="q")["suggest"]] == ["one", "two", "three"]


def test_a_database_of_an_older_gateway_is_indexed_when_it_is_served(gateway: Run, address: str, serve: Serve) -> None:
    imported(gateway, line("one", name="Quokka"))
    change(address, "DELETE FROM search_document", "DELETE FROM search_term", "UPDATE catalogue SET analysis = ''")
    assert found(serve(address), "quokka") == ["one"]


def test_documents_made_in_another_way_are_made_anew(gateway: Run, address: str, serve: Serve) -> None:
    imported(gateway, line("one", name="Quokka"), line("two", name="Numbat"))
    change(address, "UPDATE search_document SET names = 'old : old'", "UPDATE catalogue SET analysis = 'old'")
    server = serve(address)
    assert found(server, "quokka") == ["one"]
    assert found(server, "old") == []
    version = server.data("{ catalogue { version } }")["catalogue"]["version"]
    assert version == 2


def test_terms_are_counted_alike_by_large_and_small_imports(gateway: Run, address: str) -> None:
    many = [whole(number, name=f"Quokka {number}: C++ | \u5927 \u0130\u338e") for number in range(5)]
    imported(gateway, *many)
    assert counted(address) == in_documents(address)
    imported(gateway, line("one", name="Quokka wombat"), whole(3, name="Numbat"))
    assert counted(address) == in_documents(address)
    imported(gateway, *(whole(number, name=f"Bilby {number}") for number in range(5)), replace=True)
    assert counted(address) == in_documents(address)
    imported(gateway, line("two"), replace=True)
    assert counted(address) == in_documents(address)


def counted(address: str) -> dict[str, int]:
    """How many documents have each term, as the database has it."""
    return dict(rows(address, "SELECT term, documents FROM search_term WHERE documents <> 0"))


def in_documents(address: str) -> dict[str, int]:
    """How many documents have each term, as they are."""
    documents = rows(address, "SELECT names, aliases, topics, capabilities, about, conditions FROM search_document")
    return dict(Counter(term for one in documents for term in set(" ".join(one).split()) - {"|", ":"}))


@pytest.mark.on_sqlite
def test_the_command_line_finds_too(on_shipped: Run) -> None:
    ran = on_shipped("search", "segformer b0", "--first", "2")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "segformer-b0-finetuned-ade-512-512" in ran.stdout
    assert "2 of " in ran.stdout
    asked = on_shipped("search", "whipser", "--kind", "model", "--json")
    answer = json.loads(asked.stdout)
    assert answer["corrections"] == [{"word": "whipser", "instead": "whisper"}]
    assert {edge["node"]["artifact"]["kind"] for edge in answer["edges"]} == {"MODEL"}
    assert "Nothing has 'whipser'" in on_shipped("search", "whipser").stdout
    assert on_shipped("search", "zzzzqqq").stdout == "Nothing was found.\n"


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("options", "code"), [(("--kind", "nonsense"), "BAD_VARIABLES"), (("--first", "101"), "BAD_PAGE_SIZE")]
)
def test_the_command_line_tells_bad_input(on_shipped: Run, options: tuple[str, ...], code: str) -> None:
    ran = on_shipped("search", "x", *options)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"{code}: ")
    assert ran.stderr.count("\n") == 1
