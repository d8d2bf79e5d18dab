"""What belongs to the catalogue as a whole, read once for all requests of a version."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select

from gateway.kept import Generation
from gateway.prepared import PreparedStatements, Reader, Statement
from gateway.search.finding import Extent, extent_of
from gateway.search.index import Index, index_of
from gateway.statements import ARTIFACT, ATTRIBUTE, KIND, TABLES
from schema.data import Row
from schema.needs import Needs


class Overall:
    """Reads what is the same for all artifacts. There is no `_reader` where nothing is read.

    What it works with is set by what inherits from it: it is made for each request, and a second `__init__` takes time.
    """

    _reader: Reader | None
    _prepared: PreparedStatements
    _kept: Generation
    _needs: Needs

    def catalogue(self) -> Row:
        """The catalogue's row."""
        columns = frozenset(self._needs.catalogue.columns)
        table = TABLES["catalogue"]
        row: Row = self._once(
            ("catalogue", columns),
            lambda: self._rows(("catalogue", columns), lambda: select(*(table.c[name] for name in sorted(columns))))[0],
        )
        return row

    def kind_counts(self) -> Mapping[Any, int]:
        """Artifacts by kind."""

        def read() -> dict[Any, int]:
            rows = self._rows("kinds", lambda: select(KIND.c.kind, KIND.c.artifacts))
            return {row["kind"]: row["artifacts"] for row in rows}

        counts: Mapping[Any, int] = self._once("kinds", read)
        return counts

    def attribute_keys(self, kind: Any) -> Sequence[str]:
        """The attributes that artifacts of a kind carry."""
        keys: Sequence[str] = self._once(
            ("attributes", kind),
            lambda: [row["key"] for row in self._rows("attributes", _attribute_keys, {"kind": kind})],
        )
        return keys

    @property
    def _index(self) -> Index:
        """What searches go by."""
        assert self._reader is not None
        return index_of(self._reader)

    @property
    def _extent(self) -> Extent:
        """What searches have to know of the catalogue as a whole."""
        extent: Extent = self._once("extent", lambda: extent_of(self._index, sum(self.kind_counts().values())))
        return extent

    def _once(self, key: Hashable, read: Callable[[], Any]) -> Any:
        """What belongs to the catalogue's version as a whole, read once for all requests."""
        if key not in self._kept.values:
            self._kept.values[key] = read()
        return self._kept.values[key]

    def _rows(
        self, key: Hashable, make: Callable[[], Statement], values: Mapping[str, Any] | None = None
    ) -> Sequence[Row]:
        assert self._reader is not None
        return self._prepared.get(key, make).rows(self._reader, values or {})


def _attribute_keys() -> Select[Any]:
    kind = ARTIFACT.c.kind == bindparam("kind", type_=ARTIFACT.c.kind.type)
    keys = select(ATTRIBUTE.c.key).join(ARTIFACT, ATTRIBUTE.c.artifact_id == ARTIFACT.c.id).where(kind)
    return keys.distinct().order_by(ATTRIBUTE.c.key)
