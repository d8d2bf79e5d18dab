"""What can be told to the gateway: what somebody chose."""

from typing import Annotated

import strawberry

from schema.artifact import Artifact, artifact_of
from schema.data import ArtifactRecord, Data
from schema.errors import RuleError, unknown_artifacts
from schema.info import Info, led_to
from schema.plan import Args, Entry, Selected, entered


@strawberry.input(description="What somebody chose of what a search led to.")
class ChoiceInput:
    """A choice."""

    text: str = strawberry.field(description="The text that was searched for, as `search` was given it.")
    artifact: str = strawberry.field(description="The slug of the artifact chosen, or an alias that leads to it.")


@strawberry.type(description="A choice as the gateway took it, which may be not at all.")
class RecordedChoice:
    """A choice that was taken."""

    record: strawberry.Private[ArtifactRecord]
    recorded: bool = strawberry.field(
        description="Whether it is recorded: not where recording is off, or for a client that asks not to be recorded "
        "(`DNT` or `Sec-GPC`). It counts once a search of the same client for the same text on the same day has led to "
        "the artifact, and only once, however often it is sent."
    )

    @strawberry.field(description="What was chosen.")
    def artifact(self) -> Artifact:
        """The artifact."""
        return artifact_of(self.record)


Choice = Annotated[ChoiceInput, strawberry.argument(description="What was chosen, and what it was found by.")]


def _plan_choice(selected: Selected) -> None:
    selected.needs.suggested.add(selected.key)
    selected.needs.takes_long = True
    named = selected.needs.want_artifacts(selected.key)[0]
    named.columns.add("id")
    selected.descend(named)


def _find(args: Args) -> list[list[str]]:
    given = args["input"]
    if not given["text"].strip():
        raise RuleError("BAD_INPUT", "`input.text` is empty; it has to be the text that was searched for.")
    return [[given["artifact"]]]


def _make(data: Data, args: Args, found: list[list[ArtifactRecord | None]]) -> RecordedChoice:
    record = found[0][0]
    if record is None:
        slug = args["slug"]
        raise unknown_artifacts([slug], [data.nearest(slug)])
    return RecordedChoice(record=record, recorded=data.recorded)


RECORD_CHOICE = Entry(find=_find, shape=lambda _: (), make=_make)


@strawberry.type(description="What can be told to the gateway.")
class Mutation:
    """The root fields that change something."""

    @strawberry.mutation(
        description="Records that somebody chose an artifact of those that a search led to. Nothing is stored of who "
        "that was but a hash with a salt that is thrown away at the end of the day.",
        metadata=entered(_plan_choice, RECORD_CHOICE),
    )
    def record_choice(self, info: Info, input: Choice) -> RecordedChoice:
        """Takes a choice. Raises RuleError (BAD_INPUT, UNKNOWN_ARTIFACT)."""
        taken: RecordedChoice = led_to(RECORD_CHOICE, info, slug=input.artifact)
        return taken
