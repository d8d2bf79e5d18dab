"""`gateway search`: a search in the terminal, asked through GraphQL like any other client's."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from gateway.errors import UsageError
from gateway.execution import Executor, Request

QUERY = """
query Search($text: String!, $kinds: [ArtifactKind!], $first: Int) {
  search(text: $text, kinds: $kinds, first: $first) {
    totalCount
    corrections { word instead }
    edges { node {
      score
      artifact { slug name kind summary availability }
      use
      capability { name }
      highlights { text start end }
    } }
  }
}
"""


def search(executor: Executor, text: str, kinds: Sequence[str], first: int) -> dict[str, Any]:
    """What the API finds. Raises UsageError with the API's own sentence and code."""
    answer = executor.execute(Request(QUERY, {"text": text, "kinds": list(kinds) or None, "first": first}))
    errors = answer.body.get("errors")
    if errors:
        raise UsageError(errors[0]["extensions"]["code"], errors[0]["message"])
    found: dict[str, Any] = answer.body["data"]["search"]
    return found


def show(found: Mapping[str, Any], console: Console) -> None:
    """Prints what was found, the best first: on a terminal with what was searched for in bold."""
    for one in found["corrections"]:
        console.print(f"Nothing has {one['word']!r}: searched for {one['instead']!r} instead.", style="yellow")
    for edge in found["edges"]:
        hit = edge["node"]
        artifact, capability = hit["artifact"], hit["capability"]
        gone = ", removed" if artifact["availability"] == "REMOVED" else ""
        kind = artifact["kind"].replace("_", " ").lower()
        line = Text(f"{hit['score']:.2f}  ").append_text(_marked(artifact["name"], "NAME", hit))
        console.print(line.append(f"  ({kind}{gone})  {artifact['slug']}", style="dim"), soft_wrap=True)
        if artifact["summary"]:
            console.print(Text("      ").append_text(_marked(artifact["summary"], "SUMMARY", hit)), soft_wrap=True)
        if hit["use"]:
            console.print(Text("      for: ").append_text(_marked(hit["use"], "USE", hit)), soft_wrap=True)
        if capability is not None:
            name = _marked(capability["name"], "CAPABILITY_NAME", hit)
            console.print(Text("      can: ").append_text(name), soft_wrap=True)
    shown, total = len(found["edges"]), found["totalCount"]
    console.print(f"{shown} of {total} hits." if total else "Nothing was found.", style="dim")


def _marked(text: str, which: str, hit: Mapping[str, Any]) -> Text:
    marked = Text(text)
    for one in hit["highlights"]:
        if one["text"] == which:
            marked.stylize("bold green", one["start"], one["end"])
    return marked
