"""SELECTs that are compiled once: run with plain values, their rows come back as plain values."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Dialect, Float, Numeric
from sqlalchemy.sql.expression import CompoundSelect, Select

from gateway.recent import Recent

Statement = Select[Any] | CompoundSelect[Any]
Values = Mapping[str, Any]
"""Values by the names of a statement's parameters; a list for a parameter that expands."""
Convert = Callable[[Any], Any]
MOST_FORMS = 64
"""For how many combinations of lengths of its lists the text of one statement is kept."""


class Reader(Protocol):
    """A connection whose statements are all of one read transaction."""

    dialect: Dialect

    def version(self) -> Hashable:
        """What tells the catalogue of the transaction apart from all before it."""

    def rows(self, text: str, parameters: Any) -> Sequence[Sequence[Any]]:
        """The rows of a statement, as the driver hands them out."""


class _Form:
    """The text of a statement for lists of some lengths, and what makes its parameters out of values."""

    def __init__(self, compiled: Any, values: Values) -> None:
        state = compiled.construct_expanded_state({**compiled.params, **values})
        self.text: str = state.statement
        self._names = None if compiled.positional else tuple(state.parameters)
        item_of = {
            name: (base, index) for base, names in state.parameter_expansion.items() for index, name in enumerate(names)
        }
        self._slots: list[tuple[str | None, int | None, Convert | None, Any]] = []
        for name in state.positiontup if compiled.positional else state.parameters:
            key, index = item_of.get(name, (name, None))
            convert = state.processors.get(name)
            if key in values:
                self._slots.append((key, index, convert, None))
            else:
                constant = state.parameters[name]
                self._slots.append((None, None, None, convert(constant) if convert else constant))

    def parameters(self, values: Values) -> Any:
        """What the driver is given: a tuple where the statement counts its parameters, a dict where it names them."""
        found = []
        for key, index, convert, constant in self._slots:
            if key is None:
                found.append(constant)
            else:
                value = values[key] if index is None else values[key][index]
                found.append(convert(value) if convert else value)
        return tuple(found) if self._names is None else dict(zip(self._names, found, strict=True))


class Prepared:
    """A SELECT as text for one database, with what its parameters and its columns are converted by."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        self._compiled = statement.compile(dialect=dialect)
        self._lists = [bind.key for bind in self._compiled.binds.values() if bind.expanding and bind.required]
        self._forms: Recent[_Form] = Recent(MOST_FORMS)
        columns = statement.selected_columns
        self._keys = tuple(columns.keys())
        self._outward = [
            (index, convert)
            for index, column in enumerate(columns)
            # Numbers are handed out as they are stored: none of ours is a decimal.
            if not isinstance(column.type, Float | Numeric)
            and (convert := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ]

    def rows(self, reader: Reader, values: Values) -> list[dict[str, Any]]:
        """The rows of the statement, by the names of their columns."""
        keys = self._keys
        found = [dict(zip(keys, row, strict=True)) for row in self._read(reader, values)]
        for index, convert in self._outward:
            key = keys[index]
            for one in found:
                one[key] = convert(one[key])
        return found

    def columns(self, reader: Reader, values: Values) -> dict[str, Sequence[Any]]:
        """The columns of the statement, by their names: less work than its rows, where there are many of few."""
        rows = self._read(reader, values)
        found: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(self._keys)
        for index, convert in self._outward:
            found[index] = [convert(value) for value in found[index]]
        return dict(zip(self._keys, found, strict=True))

    def _read(self, reader: Reader, values: Values) -> Sequence[Sequence[Any]]:
        sizes = tuple([len(values[name]) for name in self._lists])
        form = self._forms.get(sizes)
        if form is None:
            form = self._forms.put(sizes, _Form(self._compiled, values))
        return reader.rows(form.text, form.parameters(values))


class PreparedStatements:
    """The statements that a process has prepared lately."""

    def __init__(self, dialect: Dialect, most: int = 1_000) -> None:
        self.dialect = dialect
        self._recent: Recent[Prepared] = Recent(most)

    def get(self, key: Hashable, make: Callable[[], Statement]) -> Prepared:
        """The statement with this key, made where there is none yet."""
        return self._recent.get(key) or self._recent.put(key, Prepared(make(), self.dialect))
