"""Arguments that several fields take, described once."""

from typing import Annotated

import strawberry

from schema.enums import ArtifactKind, ComparableField, Dimension
from schema.ranking import Weights
from schema.rules.alignment import LEAST_SIMILARITY

First = Annotated[
    int | None, strawberry.argument(description="How many items from the start or from `after`, 0 to 100; else 20.")
]
After = Annotated[str | None, strawberry.argument(description="The cursor of the item that the page comes after.")]
Few = Annotated[int | None, strawberry.argument(description="How many at most, 0 to 100; else 20.")]
Last = Annotated[
    int | None, strawberry.argument(description="How many items before the end or `before`, 0 to 100; else 20.")
]
Before = Annotated[str | None, strawberry.argument(description="The cursor of the item that the page comes before.")]
HowMany = Annotated[int | None, strawberry.argument(description="The most to return; all without it.")]
Text = Annotated[
    str | None, strawberry.argument(description="Only those whose name, description or tags hold this text.")
]
Searched = Annotated[
    str, strawberry.argument(description="What is looked for: a name, some words or a question, spelt as one likes.")
]
Typed = Annotated[str, strawberry.argument(description="What has been typed so far, from the first letter on.")]
Kinds = Annotated[list[ArtifactKind] | None, strawberry.argument(description="Only artifacts of one of these kinds.")]
Keys = Annotated[list[str] | None, strawberry.argument(description="Only these attributes, in this order.")]
Key = Annotated[str, strawberry.argument(description="The attribute's name, such as parameters.")]
Names = Annotated[list[str] | None, strawberry.argument(description="Only these signals, such as downloads_30d.")]
OneDimension = Annotated[
    Dimension, strawberry.argument(description="What is being judged: adoption, quality and so on.")
]
OwnWeights = Annotated[
    Weights | None, strawberry.argument(description="The caller's own weights, in place of the scorecard's.")
]
Only = Annotated[
    list[ComparableField] | None, strawberry.argument(description="Which rows, in this order; all without it.")
]
LeadingOnly = Annotated[
    bool | None, strawberry.argument(description="Leaves out the rows that nobody leads alone, where it is true.")
]
OneField = Annotated[ComparableField, strawberry.argument(description="Which row is wanted.")]
Minimum = Annotated[
    float | None,
    strawberry.argument(
        description=f"Leaves out pairs that are less similar than this, from 0 to 1; else {LEAST_SIMILARITY}."
    ),
]
OneColumn = Annotated[str, strawberry.argument(description="The slug or an alias of one of the artifacts compared.")]
OneKind = Annotated[
    ArtifactKind | None, strawberry.argument(description="Adds the attributes that artifacts of this kind carry.")
]
OneId = Annotated[strawberry.ID, strawberry.argument(description="A global id, as an `id` field gave it.")]
Ids = Annotated[list[strawberry.ID], strawberry.argument(description="Up to 100 global ids.")]
Slug = Annotated[str, strawberry.argument(description="The artifact's slug, or an alias that leads to it.")]
Slugs = Annotated[
    list[str], strawberry.argument(description="The slugs of two to eight different artifacts, in column order.")
]
"""Each is the type of an argument of the same meaning wherever it stands."""
