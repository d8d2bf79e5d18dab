"""How large a document may be: one pass over it, in which each fragment is looked at once.

The result of a fragment is kept, so that fragments that spread each other again and again cost no more to measure
than they cost to write.
"""

from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from gateway.settings import Settings


class Size(NamedTuple):
    """What a selection comes to with all fragments spelled out."""

    depth: int
    fields: int
    aliases: int


class _Measure:
    def __init__(self, document: DocumentNode) -> None:
        self.fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self.known: dict[str, Size] = {}
        self.open: set[str] = set()

    def selection(self, selection: SelectionSetNode | None) -> Size:
        depth = fields = aliases = 0
        for node in selection.selections if selection else ():
            if isinstance(node, FieldNode):
                below = self.selection(node.selection_set)
                part = Size(below.depth + 1, below.fields + 1, below.aliases + (node.alias is not None))
            elif isinstance(node, FragmentSpreadNode):
                part = self.fragment(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                part = self.selection(node.selection_set)
            else:
                continue
            depth, fields, aliases = max(depth, part.depth), fields + part.fields, aliases + part.aliases
        return Size(depth, fields, aliases)

    def fragment(self, name: str) -> Size:
        if name in self.known:
            return self.known[name]
        fragment = self.fragments.get(name)
        # A fragment that is not there, or that spreads itself, is told by validation.
        if fragment is None or name in self.open:
            return Size(0, 0, 0)
        self.open.add(name)
        self.known[name] = self.selection(fragment.selection_set)
        self.open.discard(name)
        return self.known[name]


def check_limits(document: DocumentNode, settings: Settings) -> None:
    """Raises GraphQLError (QUERY_TOO_DEEP, TOO_MANY_ALIASES, QUERY_TOO_LARGE) for the first limit that is passed."""
    measure = _Measure(document)
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            size = measure.selection(node.selection_set)
            for code, noun, found, most in (
                ("QUERY_TOO_DEEP", "levels deep", size.depth, settings.max_depth),
                ("TOO_MANY_ALIASES", "aliases", size.aliases, settings.max_aliases),
                ("QUERY_TOO_LARGE", "fields, fragments spelled out", size.fields, settings.max_fields),
            ):
                if found > most:
                    raise GraphQLError(
                        f"The operation has {found} {noun}; at most {most} are answered.",
                        node,
                        extensions={"code": code},
                    )
