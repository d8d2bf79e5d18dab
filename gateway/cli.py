"""The command line: one function a command."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer
from rich.console import Console

from gateway.database import Database, open_database
from gateway.errors import GatewayError, UsageError
from gateway.progress import shown_progress
from gateway.settings import Settings, load_settings

if TYPE_CHECKING:
    from gateway.execution import Executor

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="A GraphQL gateway that answers how artifacts compare.",
)

DatabaseOption = Annotated[
    str | None, typer.Option("--database", help="sqlite:///PATH or postgresql://...; else GATEWAY_DATABASE_URL.")
]
Files = Annotated[list[str], typer.Argument(help="JSON Lines files, packed by gzip or not; - is standard input.")]
MOST_REASONS = 50


@contextmanager
def told() -> Iterator[None]:
    """Says what is wrong on standard error, without a traceback, and ends with status 2."""
    try:
        yield
    except GatewayError as error:
        _say(f"{error.code}: {error}", err=True)
        raise typer.Exit(2) from None


def _say(text: str, *, err: bool = False) -> None:
    """Prints a text that may repeat what stands in a file, also where the terminal has no sign for all of it."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    typer.echo(text.encode(encoding, "backslashreplace").decode(encoding), err=err)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on; 0 takes any free one.")] = None,
    database: DatabaseOption = None,
    workers: Annotated[int | None, typer.Option(help="How many processes answer.")] = None,
) -> None:
    """Answers GraphQL; makes its database and loads the shipped catalogue on the first start."""
    from gateway.serving import serve as run

    with told():
        run(load_settings(host=host, port=port, database_url=database, workers=workers))


@app.command("import")
def import_(
    files: Files,
    database: DatabaseOption = None,
    replace: Annotated[bool, typer.Option(help="Also remove what the files do not name.")] = False,
    source: Annotated[str | None, typer.Option("--from", help="The foreign source the files are from.")] = None,
) -> None:
    """Adds artifacts to the catalogue, or replaces those that it has: all of the files or nothing.

    With --from, the files are a foreign source's: what they say is added to what the catalogue has. --from hub takes
    ids of the Hugging Face Hub in place of files. A wrong name after --from is told which there are.
    """
    from gateway.catalogue.importers.adapter import LeftOut
    from gateway.catalogue.importers.reading import foreign_lines, recognised
    from gateway.catalogue.importers.registry import adapter
    from gateway.catalogue.joining import join
    from gateway.catalogue.loading import load
    from gateway.catalogue.shipped import shipped_scorecard

    left_out = LeftOut()
    with told():
        foreign = adapter(source) if source else None
        if foreign and replace:
            raise UsageError("BAD_USAGE", "--replace goes with files in the catalogue's own format, not with --from.")
        with _database(load_settings(database_url=database)) as opened, shown_progress() as progress:
            if foreign:
                lines = recognised(foreign_lines(foreign, files, left_out), foreign, files, left_out)
                report = join(opened, lines, shipped_scorecard(), left_out, progress=progress)
            else:
                report = load(opened, files, shipped_scorecard(), replace=replace, progress=progress)
    typer.echo(
        f"{report.read} artifacts read: {report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.removed} removed. The catalogue is at version {report.version}."
    )
    if report.dated_on and report.scored_on and report.dated_on != report.scored_on:
        typer.echo(
            f"Scores stand at {report.scored_on}, and the newest figure is of {report.dated_on}: "
            "`gateway rescore` moves them there."
        )
    told_of = (
        ("taken within an artifact", left_out.within),
        ("left out, records", left_out.records),
        ("left out, parts", left_out.parts),
    )
    for title, counts in told_of:
        for reason, count in counts.most_common(MOST_REASONS):
            _say(f"{title}: {count} {reason}")
        if rest := [count for _, count in counts.most_common()[MOST_REASONS:]]:
            _say(f"{title}: {sum(rest)} for {len(rest)} more {'reasons' if len(rest) > 1 else 'reason'}")


@app.command()
def validate(files: Files) -> None:
    """Says everything that is wrong with catalogue files, and touches no database of yours."""
    from gateway.catalogue.loading import load
    from gateway.catalogue.shipped import shipped_scorecard

    with told(), tempfile.TemporaryDirectory() as folder:
        scratch = load_settings(database_url=f"sqlite:///{Path(folder) / 'scratch.db'}")
        with _database(scratch) as opened, shown_progress() as progress:
            report = load(opened, files, shipped_scorecard(), progress=progress)
    typer.echo(f"{report.read} artifacts, nothing wrong.")


@app.command()
def export(
    database: DatabaseOption = None,
    output: Annotated[str, typer.Option(help="A file to write; - is standard output.")] = "-",
) -> None:
    """Writes the catalogue as JSON Lines, in the form that import reads."""
    from gateway.catalogue.shipped import check_loaded
    from gateway.catalogue.writing import export as lines

    with told(), _database(load_settings(database_url=database)) as opened, opened.reading() as connection:
        check_loaded(opened)
        if output == "-":
            sys.stdout.buffer.writelines(lines(connection))
            return
        # Written beside and moved into place, so that a failure leaves no half of a file.
        part = Path(f"{output}.part")
        try:
            with part.open("wb") as stream:
                stream.writelines(lines(connection))
            part.replace(output)
        except OSError as error:
            raise UsageError("CANNOT_WRITE", f"{output} cannot be written: {error.strerror}.") from None


@app.command()
def compare(
    slugs: Annotated[list[str], typer.Argument(help="Two to eight artifacts, by slug or alias.")],
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer of the API as JSON.")] = False,
) -> None:
    """Prints artifacts side by side: the table with leaders marked (*), the verdict and its caveats."""
    from gateway.comparing import compare as ask
    from gateway.comparing import show

    with told(), _asking(database) as executor:
        comparison = ask(executor, slugs)
    if as_json:
        _print_json(comparison)
    else:
        show(comparison, Console())


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="A name, some words or a question, spelt as you like.")],
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind, such as DATASET; may be repeated.")] = None,
    first: Annotated[int, typer.Option(help="How many hits, up to 100.")] = 10,
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer of the API as JSON.")] = False,
) -> None:
    """Finds artifacts by what they are called and what they can do, the best answers first."""
    from gateway.searching import search as ask
    from gateway.searching import show

    with told(), _asking(database) as executor:
        found = ask(executor, text, [name.upper() for name in kind or ()], first)
    if as_json:
        _print_json(found)
    else:
        show(found, Console())


@app.command()
def matches(
    first: Annotated[int, typer.Option(min=1, help="How many of each list.")] = 10,
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Shows what clients search for, what it leads to, and what the catalogue lacks; counts first what waits."""
    from gateway.catalogue.shipped import check_loaded, shipped_scorecard
    from gateway.matches.inbox import Inbox
    from gateway.matches.report import report, show
    from gateway.matches.running import count_waiting

    settings = load_settings(database_url=database)
    with told(), _database(settings) as opened:
        check_loaded(opened)
        inbox = Inbox(settings.database_url)
        count_waiting(opened, inbox, settings, shipped_scorecard(), early=True)
        inbox.close()
        found = report(opened, first)
    if as_json:
        _print_json(found)
    else:
        show(found, Console())


@app.command()
def explain(
    slug: Annotated[str, typer.Argument(help="An artifact, by slug or alias.")],
    database: DatabaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer of the API as JSON.")] = False,
) -> None:
    """Shows line by line how an artifact's rank is made from its figures, to follow by hand."""
    from gateway.explaining import explain as ask
    from gateway.explaining import lines

    with told(), _asking(database) as executor:
        found = ask(executor, slug)
    if as_json:
        _print_json(found)
    else:
        typer.echo("\n".join(lines(found)))


@app.command()
def rescore(
    database: DatabaseOption = None,
    at: Annotated[str | None, typer.Option(help="A day, YYYY-MM-DD; else that of the newest figure.")] = None,
) -> None:
    """Works out all scores and ranks anew, with ages measured at another day."""
    from gateway.catalogue.scoring import rescore as run
    from gateway.catalogue.shipped import shipped_scorecard

    with told():
        try:
            day = date.fromisoformat(at) if at else None
        except ValueError:
            raise UsageError("BAD_DAY", f"--at is {at!r}; right would be a day, written YYYY-MM-DD.") from None
        with _database(load_settings(database_url=database)) as opened:
            before, now, version = run(opened, shipped_scorecard(), day)
    typer.echo(f"Ages were measured at {before} and are measured at {now}. The catalogue is at version {version}.")


@app.command()
def schema(
    catalogue: Annotated[bool, typer.Option(help="The JSON Schema of the catalogue format instead.")] = False,
) -> None:
    """Prints the GraphQL schema."""
    if catalogue:
        from gateway.catalogue.format import printed_format

        typer.echo(printed_format(), nl=False)
    else:
        from schema.build import printed_schema

        typer.echo(printed_schema(), nl=False)


@contextmanager
def _asking(database: str | None) -> Iterator["Executor"]:
    """Answers from a database, which gets the shipped catalogue where it has none."""
    from gateway.catalogue.shipped import shipped_scorecard
    from gateway.execution import Executor

    settings = load_settings(database_url=database)
    with _database(settings, ready=True) as opened:
        yield Executor(opened, settings, shipped_scorecard())


def _print_json(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


@contextmanager
def _database(settings: Settings, *, ready: bool = False) -> Iterator[Database]:
    from gateway.catalogue.shipped import load_shipped, loaded

    opened = open_database(settings.database_url)
    try:
        if ready and not loaded(opened):
            load_shipped(opened)
        yield opened
    finally:
        opened.close()
