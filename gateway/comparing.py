"""`gateway compare`: one comparison in the terminal, asked through GraphQL like any other client's."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from gateway.errors import UsageError
from gateway.execution import Executor, Request

QUERY = """
query Compare($of: [String!]!) {
  comparison(of: $of) {
    slug
    artifacts { slug name }
    fields { ...Row }
    attributes { ...Row }
    verdict {
      outcome summary margin winner { slug }
      reasons { dimension margin text }
      caveats { code text }
      dominance { slug }
      winShares { artifact { slug name } share }
      flips { dimension current weight winner { slug name } }
      evidence { stance text }
    }
    evidence { sharedQueries since until }
  }
}
fragment Row on FieldComparison {
  key label direction outcome margin unit
  leaders { slug }
  cells { artifact { slug } display number text date basis }
}
"""


def compare(executor: Executor, slugs: Sequence[str]) -> dict[str, Any]:
    """The comparison as the API answers it. Raises UsageError with the API's own sentence and code."""
    answer = executor.execute(Request(QUERY, {"of": list(slugs)}))
    errors = answer.body.get("errors")
    if errors:
        raise UsageError(errors[0]["extensions"]["code"], errors[0]["message"])
    comparison: dict[str, Any] = answer.body["data"]["comparison"]
    return comparison


def rendered(comparison: dict[str, Any]) -> RenderableType:
    """The table with its leaders marked, the verdict and its caveats."""
    verdict = comparison["verdict"]
    parts: list[RenderableType] = [_table(comparison), Text(""), Text(verdict["summary"], style="bold")]
    parts += [Text(f"  {reason['text']}") for reason in verdict["reasons"]]
    if verdict["winShares"]:
        shares = ", ".join(f"{item['artifact']['name']} {item['share']:.1%}" for item in verdict["winShares"])
        parts.append(Text(f"  Comes first under this share of all weightings: {shares}."))
    for flip in verdict["flips"]:
        dimension = flip["dimension"].replace("_", " ").lower()
        side = "below" if flip["weight"] < flip["current"] else "above"
        weights = f"{dimension} weighs {side} {flip['weight']:.3f} of all (now {flip['current']:.3f})"
        parts.append(Text(f"  {flip['winner']['name']} is ahead where {weights}."))
    parts.append(Text(f"  {verdict['evidence']['text']}"))
    parts += [Text(f"  {caveat['code']}: {caveat['text']}", style="yellow") for caveat in verdict["caveats"]]
    return Group(*parts)


def show(comparison: dict[str, Any], console: Console) -> None:
    """Prints a comparison: in colour on a terminal, plain elsewhere, and never cut off where it is piped."""
    if not console.is_terminal:
        console.width = 10_000
    console.print(rendered(comparison), soft_wrap=not console.is_terminal)


def _table(comparison: dict[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("")
    for artifact in comparison["artifacts"]:
        table.add_column(artifact["name"])
    table.add_column("ahead by")
    shared = [row for row in comparison["attributes"] if sum(cell["basis"] != "MISSING" for cell in row["cells"]) > 1]
    for row in [*comparison["fields"], *shared]:
        ahead = {leader["slug"] for leader in row["leaders"]} if row["outcome"] == "LEADER" else set()
        cells = [_cell(cell, cell["artifact"]["slug"] in ahead) for cell in row["cells"]]
        margin = f"{row['margin']:.4g} {row['unit'] or ''}".strip() if ahead and row["margin"] is not None else ""
        table.add_row(row["label"], *cells, margin or ("tie" if row["outcome"] == "TIE" else ""))
    return table


def _cell(cell: dict[str, Any], leads: bool) -> Text:
    number = cell["number"]
    exact = f" ({number:.3g})" if number is not None and number != int(number) and cell["display"] in "01" else ""
    text = f"{cell['display']}{exact}"
    if len(text) > 60:
        text = f"{text[:57]}..."
    return Text(f"* {text}" if leads else f"  {text}", style="bold green" if leads else "")
