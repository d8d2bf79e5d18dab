"""What the README shows is what happens."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from gateway.comparing import rendered
from gateway.settings import PREFIX, Settings
from tests.conftest import Run, Server, serving

pytestmark = pytest.mark.on_sqlite

README = Path(__file__).parents[2] / "README.md"
SETTINGS = "<!-- settings: made by `pytest --update-docs` -->\n", "<!-- end of settings -->"


def block(language: str, after: str) -> str:
    """The first fenced block of a language after a text."""
    found = re.search(rf"```{language}\n(.*?)```", README.read_text().partition(after)[2], re.DOTALL)
    assert found, after
    return found.group(1)


def replace_block(language: str, after: str, text: str) -> None:
    """Writes a fenced block anew."""
    before, mark, rest = README.read_text().partition(after)
    fresh = re.sub(rf"```{language}\n.*?```", lambda _: f"```{language}\n{text}```", rest, count=1, flags=re.DOTALL)
    README.write_text(before + mark + fresh)


def settings_table() -> str:
    """The table of settings, made from the class."""
    rows = ["| variable | default | what it sets |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        rows.append(f"| `{PREFIX}{name.upper()}` | `{field.default}` | {field.description} |")
    return "\n".join(rows) + "\n"


def test_the_settings_table_is_the_settings_class(request: pytest.FixtureRequest) -> None:
    start, end = SETTINGS
    if request.config.getoption("--update-docs"):
        before, _, rest = README.read_text().partition(start)
        README.write_text(before + start + settings_table() + end + rest.partition(end)[2])
    assert start + settings_table() + end in README.read_text()


def test_the_first_query_gets_the_answer_shown(server: Server, request: pytest.FixtureRequest) -> None:
    answer = server.ask(block("graphql", "## The first query"))
    mark = "<!-- checked: its answer -->"
    if request.config.getoption("--update-docs"):
        replace_block("json", mark, json.dumps(answer, indent=2, ensure_ascii=False) + "\n")
    assert json.loads(block("json", mark)) == answer


def test_the_search_finds_what_is_shown(server: Server, request: pytest.FixtureRequest) -> None:
    answer = server.ask(block("graphql", "## Searching"))
    mark = "<!-- checked: what it finds -->"
    if request.config.getoption("--update-docs"):
        replace_block("json", mark, json.dumps(answer, indent=2, ensure_ascii=False) + "\n")
    assert json.loads(block("json", mark)) == answer


def test_searches_and_choices_come_to_what_is_shown(shipped: str, request: pytest.FixtureRequest) -> None:
    asked = {"trusted_proxies": "127.0.0.1", "rollup_seconds": "0.2"}
    search = 'query { search(text: "Web text corpus") { edges { node { artifact { slug } } } } }'
    with serving(shipped, **asked) as running:
        for number in range(8):
            client = {"x-forwarded-for": f"203.0.113.{number}"}
            for query in (search, block("graphql", "## What people search for"))[: 1 if number > 5 else 2]:
                answered = running.client.post("/graphql", json={"query": query}, headers=client).json()
                assert "errors" not in answered, answered
        while running.data('{ artifact(slug: "c4") { timesMatched } }')["artifact"]["timesMatched"] < 8:
            pass
        answer = running.ask(block("graphql", "six of them chose"))
    mark = "<!-- checked: what searches say -->"
    if request.config.getoption("--update-docs"):
        replace_block("json", mark, json.dumps(answer, indent=2, ensure_ascii=False) + "\n")
    assert json.loads(block("json", mark)) == answer


def test_the_explanation_shown_is_what_the_command_prints(on_shipped: Run, request: pytest.FixtureRequest) -> None:
    told = on_shipped(*block("sh", "## How a rank is made").split()[1:]).stdout
    mark = "<!-- checked: an explanation -->"
    if request.config.getoption("--update-docs"):
        replace_block("text", mark, told)
    assert block("text", mark) == told


def picture(comparison: dict[str, Any]) -> str:
    """What `gateway compare` shows on a terminal, as an image that loads nothing from anywhere."""
    console = Console(record=True, width=128, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(rendered(comparison))
    drawn = console.export_svg(title="gateway compare", unique_id="comparison")
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)


def test_the_picture_shows_what_the_command_prints(on_shipped: Run, request: pytest.FixtureRequest) -> None:
    found = re.search(r"!\[`gateway compare (.*)`\]\((.*)\)", README.read_text())
    assert found
    file = README.parent / found.group(2)
    fresh = picture(json.loads(on_shipped("compare", *found.group(1).split(), "--json").stdout))
    if request.config.getoption("--update-docs"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(fresh)
    assert file.read_text() == fresh
    assert re.findall(r"https?://(?!www\.w3\.org|www\.textualize\.io)", fresh) == []


def test_the_catalogue_shown_can_be_imported_and_exported(gateway: Run, tmp_path: Path) -> None:
    line = block("json", "<!-- checked: a catalogue -->")
    (tmp_path / "mine.jsonl").write_text(line)
    assert gateway("validate", "mine.jsonl").returncode == 0
    assert gateway("import", "mine.jsonl").returncode == 0
    assert json.loads(gateway("export").stdout)["slug"] == "my-model"


def test_the_codes_named_are_codes_that_there_are() -> None:
    code = "".join(
        path.read_text() for folder in ("gateway", "schema") for path in README.parent.glob(f"{folder}/**/*.py")
    )
    paragraph = README.read_text().partition("A wrong request")[2].partition("\n\n")[0]
    named = re.findall(r"`([A-Z_]{4,})`", paragraph)
    assert len(named) > 5
    assert [name for name in named if f'"{name}"' not in code] == []
