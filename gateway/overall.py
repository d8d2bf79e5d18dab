"""What belongs to the catalogue as a whole, read once for all requests of a version."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, bindparam, select

from gateway.kept import Generation
from gateway.matches.evidence import evidence
from gateway.prepared import PreparedStatements, Reader, Statement
from gateway.recent import Recent
from gateway.search.finding import Extent, extent_of
from gateway.search.index import Index, index_of
from gateway.statements import ARTIFACT, ATTRIBUTE, KIND, TABLES
from schema.data import ArtifactRecord, EvidenceRecord, Row
from schema.needs import Needs

NO_EVIDENCE = EvidenceRecord()
MOST_COMPARED = 5_000
"""Of how many comparisons it is kept what searches say of them."""


class Overall:
    """Reads what is the same for all artifacts. There is no `_reader` where nothing is read.

    What it works with is set by what inherits from it: it is made for each request, and a second `__init__` takes time.
    """

    _reader: Reader | None
    _prepared: PreparedStatements
    _kept: Generation
    _needs: Needs
    _evidence: Mapping[tuple[int, ...], EvidenceRecord] = MappingProxyType({})

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

    def evidence(self, records: Sequence[ArtifactRecord]) -> EvidenceRecord:
        """What searches say of artifacts that are compared."""
        return self._evidence.get(_ids_of(records), NO_EVIDENCE)

    def _load_evidence(self, named: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        """Reads what searches say of the artifacts that are named together, where that is asked for."""
        if self.catalogue()["searched_until"] is None:
            return
        known: Recent[EvidenceRecord] = self._once("evidence", lambda: Recent(MOST_COMPARED))
        read: dict[tuple[int, ...], EvidenceRecord] = {}
        for key, asked in named.items():
            for wanted, records in zip(self._needs.named[key], asked, strict=True):
                if wanted.evidence is not None and None not in records:
                    ids, samples = _ids_of(records), wanted.evidence.samples
                    found = known.get((ids, samples))
                    if found is None:
                        found = known.put((ids, samples), evidence(self._rows, ids, samples))
                    # Those who ask for fewer texts of the same take theirs of the others.
                    if ids not in read or len(found.samples) > len(read[ids].samples):
                        read[ids] = found
        self._evidence = read

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


def _ids_of(records: Sequence[Any]) -> tuple[int, ...]:
    return tuple([record.row["id"] for record in records])


def _attribute_keys() -> Select[Any]:
    kind = ARTIFACT.c.kind == bindparam("kind", type_=ARTIFACT.c.kind.type)
    keys = select(ATTRIBUTE.c.key).join(ARTIFACT, ATTRIBUTE.c.artifact_id == ARTIFACT.c.id).where(kind)
    return keys.distinct().order_by(ATTRIBUTE.c.key)
