"""GraphiQL, with every asset served from the package that carries it: it works without a network."""

import json
from importlib.resources import files
from pathlib import Path

from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

ASSETS_PATH = "/graphiql"
FIRST_QUERY = """\
# Two artifacts side by side: who leads each field, and the verdict with what to mind.
{
  comparison(of: ["segformer-b0-finetuned-ade-512-512", "the-pile"]) {
    fields { label cells { display } leaders { name } margin }
    verdict { summary caveats { code text } }
  }
}
"""

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Comparison gateway: GraphiQL</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{assets}/graphiql.min.css">
<link rel="stylesheet" href="{assets}/style.css">
<style>html, body, #graphiql {{ height: 100%; margin: 0 }}</style>
</head>
<body>
<div id="graphiql">GraphiQL needs JavaScript; queries can be sent to this address by POST as well.</div>
<script src="{assets}/react.production.min.js"></script>
<script src="{assets}/react-dom.production.min.js"></script>
<script src="{assets}/graphiql.min.js"></script>
<script src="{assets}/graphiql-plugin-explorer.umd.js"></script>
<script src="{assets}/start.js"></script>
</body>
</html>
"""

START = """\
const asked = new URLSearchParams(window.location.search)

function Page() {{
  const [query, setQuery] = React.useState(asked.get("query") || {query})
  const explorer = GraphiQLPluginExplorer.useExplorerPlugin({{ query, onEdit: setQuery }})
  return React.createElement(GraphiQL, {{
    fetcher: GraphiQL.createFetcher({{ url: window.location.pathname }}),
    plugins: [explorer],
    query,
    onEditQuery: setQuery,
    variables: asked.get("variables") || undefined,
  }})
}}

ReactDOM.render(React.createElement(Page), document.getElementById("graphiql"))
"""


def graphiql_page() -> HTMLResponse:
    """The page; everything on it comes from `assets` below it."""
    policy = (
        "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(_PAGE.format(assets=ASSETS_PATH), headers={"content-security-policy": policy, "vary": "accept"})


def start_script() -> str:
    """The script that starts GraphiQL with a first query to try."""
    return START.format(query=json.dumps(FIRST_QUERY))


def assets() -> StaticFiles:
    """GraphiQL, React and the explorer, out of the installed package."""
    package = files("graphene_django_graphiql_static")
    return StaticFiles(directory=Path(str(package.joinpath("static", "graphene_django_graphiql_static"))))
