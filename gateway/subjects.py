"""What the expressions of a plan's functions are about: an object, or a row of a table that no object is made for."""

from types import SimpleNamespace
from typing import Any

from graphql import GraphQLEnumType, GraphQLField, GraphQLScalarType, get_nullable_type

from schema.plan import STRAWBERRY, Tabled


class Subject:
    """An object by the variable or the path that it is called by: at first the variable `s`."""

    def __init__(self, path: str = "s") -> None:
        self._path = path

    def __str__(self) -> str:
        return self._path

    def __getattr__(self, name: str) -> "Subject":
        return Subject(f"{self._path}.{name}")


class Row:
    """A row of a table `t`: what would be attributes of an object are variables that go over lists of the table.

    `used` has these variables with their lists, `before` the lines that come before the loop over them, and `within`
    those that begin it.
    """

    def __init__(self, tabled: Tabled, shape: Any) -> None:
        self.used: dict[str, str] = {}
        self.before: list[str] = []
        self.within: list[str] = []
        self._lists = tabled.lists
        self._tuples = tabled.tuples
        names, lists = tabled.constants.keys(), [getattr(shape, name) for name in tabled.constants.values()]
        self._constants = [SimpleNamespace(**dict(zip(names, one, strict=True))) for one in zip(*lists, strict=True)]

    @property
    def any_list(self) -> str:
        """A list with an item for each row, which takes nothing to be read that is not anyway."""
        return repr([None] * len(self._constants)) if self._constants else f"t.{next(iter(self._lists.values()))}"

    def __getattr__(self, name: str) -> Subject | SimpleNamespace:
        if name not in self._tuples:
            self.used[f"s_{name}"] = f"t.{self._lists[name]}"
            return Subject(f"s_{name}")
        items = {item: f"s_{name}_{item}" for item in self._tuples[name]}
        self.used[f"({', '.join(items.values())})"] = f"t.{self._lists[name]}"
        return SimpleNamespace(**items)

    def constants_of(self, definition: GraphQLField) -> list[Any]:
        """What a field that is constant says in each row."""
        resolver = definition.extensions[STRAWBERRY].base_resolver.wrapped_func
        type = get_nullable_type(definition.type)
        assert isinstance(type, GraphQLScalarType | GraphQLEnumType)
        values = map(resolver, self._constants)
        return [None if value is None else type.coerce_output_value(value) for value in values]

    def constant(self, list: str) -> str:
        """The item of a list for this row."""
        self.used[f"of_{list}"] = list
        return f"of_{list}"

    def across(self, columns: str, each: str) -> str:
        """What `each` makes of the columns of the table, for this row."""
        self.before += [f"all_{each} = []", f"for column in t.{columns}: all_{each}.append({each}(column, c))"]
        self.used[f"of_{each}"] = f"zip(*all_{each})"
        return f"of_{each}"

    def picked(self, answers: str, places: str) -> str:
        """Some of the answers in a list. For the one or two that most rows pick, a loop in place takes least."""
        number = len(self.before)
        self.before.append(f"answers{number} = {answers}")
        self.within += [f"picked{number} = []", f"for at in {places}: picked{number}.append(answers{number}[at])"]
        return f"picked{number}"
