"""Carries out what a plan needs, and holds what was read for the resolvers."""

from collections.abc import Hashable, Mapping, Sequence, Set
from functools import partial
from types import MappingProxyType
from typing import Any, cast

from gateway import alternatives, listing, statements
from gateway.children import Batch, load_children, touches_children
from gateway.kept import Generation
from gateway.matches.events import Event
from gateway.nearest import alike, neighbours
from gateway.overall import Overall
from gateway.prepared import PreparedStatements, Reader
from gateway.search.asking import searched, suggestions
from schema.data import AlternativeRecord, ArtifactRecord, PageRecord, Row, SearchRecord
from schema.needs import AlternativeNeeds, ArtifactNeeds, Needs, PageNeeds
from schema.paging import PageRequest
from schema.rules.scorecard import Scorecard

NOBODY: frozenset[ArtifactRecord] = frozenset()


class TakesLongError(Exception):
    """What has to be done takes longer than the event loop may be held up for."""


class Loaded(Overall):
    """What was read for one operation: the `schema.data.Data` of its resolvers.

    By response key, `named` are the artifacts that root fields ask for, in each place that they ask in, and `pages` the
    pages, searches and suggestions that they ask for. Where `patient` is not set, raises TakesLongError instead of
    doing what takes long. There is no `reader` where nothing is read. Records that are to be `whole` are given the rows
    again that they have let go.
    """

    recorded = False
    events: Sequence[Event] = ()
    _unknown = False
    _slugs: Mapping[str, str] = MappingProxyType({})

    def __init__(
        self,
        reader: Reader | None,
        prepared: PreparedStatements,
        generation: Generation,
        scorecard: Scorecard,
        needs: Needs,
        named: Mapping[str, Sequence[Sequence[str]]],
        pages: Mapping[str, Any],
        patient: bool = True,
        whole: Set[ArtifactRecord] = NOBODY,
    ) -> None:
        self._reader = reader
        self._prepared = prepared
        self._kept = generation
        self.scorecard = scorecard
        self._needs = needs
        self._names = named
        self._requests = pages
        self._patient = patient
        self._whole = whole
        self._named: dict[str, list[list[ArtifactRecord | None]]] = {}
        if not self._found_kept():
            self._pages: dict[str, PageRecord] = {}
            self._searches: dict[str, SearchRecord] = {}
            self._suggested: dict[str, list[ArtifactRecord]] = {}
            self._nearest: dict[str, list[str]] = {}
            self._later_kept: list[tuple[int, Hashable, ArtifactRecord]] = []
            self._load()
            self._keep()

    def found(self, key: str) -> Any:
        """What was read for a root field: its page, or the artifacts that it names."""
        if key in self._named:
            return self._named[key]
        if key in self._suggested:
            return self._suggested[key]
        return self._requests[key], self._pages[key] if key in self._pages else self._searches[key]

    def slug(self, name: str) -> str | None:
        """The slug that a slug or an alias below the root leads to."""
        return self._slugs.get(name)

    def nearest(self, name: str) -> Sequence[str]:
        """Known slugs like one that is not."""
        return self._nearest[name]

    def _found_kept(self) -> bool:
        """Whether all that is needed are artifacts by name, and all of them are kept."""
        needs = self._needs
        get = self._kept_record if self._whole else self._kept.records.get
        missing = needs.more
        for key, asked in self._names.items():
            self._named[key] = found = []
            wanted = needs.named[key]
            for at, names in enumerate(asked):
                place, records = wanted[at].place, []
                for name in names:
                    record = get((place, name))
                    records.append(record)
                    missing = missing or record is None
                found.append(records)
        return not missing

    def _kept_record(self, key: Hashable) -> ArtifactRecord | None:
        found = self._kept.records.get(key)
        return None if found in self._whole else found

    def _keep(self) -> None:
        """Keeps what was read; a record that was there already is given its rows, and stands for the one read."""
        known = {}
        for place, name, read in self._later_kept:
            kept = self._kept.records.get((place, name)) if self._whole else None
            if kept is not None and kept in self._whole:
                self._kept.refill(kept, read)
                known[read] = kept
            else:
                self._kept.add_record(place, name, read)
        if known:
            lists: list[list[Any]] = [records for some in self._named.values() for records in some]
            lists += [page.artifacts for page in self._pages.values()]
            for records in lists:
                records[:] = [known.get(record, record) for record in records]

    def _load(self) -> None:
        needs = self._needs
        batches: list[Batch] = []
        if needs.named or needs.lookups:
            self._load_named(batches)
        for key, page in needs.pages.items():
            if key in self._requests:
                self._pages[key] = self._load_page(self._requests[key], page, batches)
        for key, search in needs.searches.items():
            if key in self._requests:
                records_of = partial(self._records_of, batches=batches)
                self._searches[key], event = searched(
                    self._requests[key], search, self._index, self._extent, records_of, self._rows
                )
                if event is not None:
                    self.events = *self.events, event
        for key, suggested in needs.suggestions.items():
            if key in self._requests:
                ids = suggestions(self._requests[key], self._index)
                self._suggested[key] = self._records_of(suggested, ids, batches)
        if batches:
            # Alternatives may have alternatives of their own; each level is one statement.
            for wanted, records in batches:
                if wanted.alternatives is not None and records:
                    batches.append(self._load_alternatives(wanted.alternatives, records))
            load_children(self._rows, [(wanted, records) for wanted, records in batches if records])
        if needs.catalogue.columns:
            self.catalogue()
        if needs.evidence:
            self._load_evidence(self._named)
        if needs.kind_counts:
            self.kind_counts()
        for kind in needs.attribute_kinds:
            self.attribute_keys(kind)
        if self._unknown:
            for key in needs.suggested & self._named.keys():
                self._load_nearest(key)

    def _load_named(self, batches: list[Batch]) -> None:
        missing = [
            (needs, name, records, at)
            for key, asked in self._names.items()
            for needs, names, records in zip(self._needs.named[key], asked, self._named[key], strict=True)
            for at, name in enumerate(names)
            if records[at] is None
        ]
        if missing or self._needs.lookups:
            self._load_missing(missing, batches)

    def _load_missing(
        self, missing: Sequence[tuple[ArtifactNeeds, str, list[ArtifactRecord | None], int]], batches: list[Batch]
    ) -> None:
        names = list(dict.fromkeys([name for _, name, _, _ in missing] + sorted(self._needs.lookups)))
        columns = {"slug"} | {column for needs, *_ in missing for column in _artifact_columns(needs)}
        rows = self._named_rows(names, frozenset(columns))
        self._slugs = {name: row["slug"] for name, row in rows.items()}
        by_place: dict[int, Batch] = {}
        for needs, name, records, at in missing:
            row = rows.get(name)
            if row is None:
                self._unknown = True
            else:
                record = records[at] = ArtifactRecord(row)
                by_place.setdefault(needs.place, (needs, []))[1].append(record)
                self._later_kept.append((needs.place, name, record))
        batches += by_place.values()

    def _named_rows(self, names: Sequence[str], columns: frozenset[str]) -> dict[str, Row]:
        """The artifacts with some slugs or aliases, by these."""
        found: dict[str, Row] = {
            row["slug"]: row
            for row in self._rows(("by slug", columns), lambda: statements.by_slug(columns), {"names": names})
        }
        unknown = [name for name in names if name not in found]
        if unknown:
            for row in self._rows(("by alias", columns), lambda: statements.by_alias(columns), {"names": unknown}):
                found.setdefault(row["alias_name"], row)
        return found

    def _load_page(self, request: PageRequest, needs: PageNeeds, batches: list[Batch]) -> PageRecord:
        if not needs.rows and not needs.total:
            return PageRecord([], [], None, False)
        if needs.rows:
            needs.artifact.columns.add("id")
            if self._kept.knows(needs.artifact.place):
                return self._load_known_page(request, needs, batches)
        columns = frozenset(_artifact_columns(needs.artifact))
        shape = columns, needs.rows, needs.cursors, needs.total, listing.structure(request)
        dialect, values = self._prepared.dialect, listing.values(request)
        rows = self._rows(("page", *shape), lambda: listing.page(request, dialect, needs), values)
        total = rows[0]["total"] if needs.total else None
        # A page that holds nothing still has one row, with its total.
        rows = [row for row in rows if row["id"] is not None] if needs.rows else []
        page = rows[: request.size][:: -1 if request.backward else 1]
        records = self._new_records(needs.artifact, page, batches)
        return PageRecord(records, [row.get("order_key") for row in page], total, len(rows) > request.size)

    def _load_known_page(self, request: PageRequest, needs: PageNeeds, batches: list[Batch]) -> PageRecord:
        """A page of a list of which some is kept: only its order is read, and then what is missing."""
        assert self._reader is not None
        shape = "order", needs.total, listing.structure(request)
        read = self._prepared.get(shape, lambda: listing.order(request, self._prepared.dialect, total=needs.total))
        order = read.columns(self._reader, listing.values(request))
        ids, keys = order["id"], order["order_key"]
        total = order["total"][0] if needs.total else None
        if ids and ids[0] is None:
            # A page that holds nothing still has one row, with its total.
            ids = keys = ()
        more = len(ids) > request.size
        way = -1 if request.backward else 1
        ids, keys = ids[: request.size][::way], keys[: request.size][::way]
        records = self._records_of(needs.artifact, ids, batches)
        return PageRecord(records, keys if needs.cursors else [None] * len(ids), total, more)

    def _records_of(self, needs: ArtifactNeeds, ids: Sequence[int], batches: list[Batch]) -> list[ArtifactRecord]:
        """The records of artifacts by their ids, of which some may be kept."""
        place, kept = needs.place, self._kept_record if self._whole else self._kept.records.get
        found = [kept((place, id)) for id in ids]
        missing = [] if all(found) else [id for id, record in zip(ids, found, strict=True) if record is None]
        if missing:
            columns = frozenset({"id", *_artifact_columns(needs)})
            rows = self._rows(("by id", columns), lambda: statements.by_id(columns), {"ids": missing})
            new = {record.row["id"]: record for record in self._new_records(needs, rows, batches)}
            found = [record or new[id] for id, record in zip(ids, found, strict=True)]
        return cast("list[ArtifactRecord]", found)

    def _new_records(self, needs: ArtifactNeeds, rows: Sequence[Row], batches: list[Batch]) -> list[ArtifactRecord]:
        """The records of rows that have their ids, to be kept once the rest of them is read."""
        records = [ArtifactRecord(row) for row in rows]
        if records:
            self._later_kept += [(needs.place, record.row["id"], record) for record in records]
            batches.append((needs, records))
        return records

    def _load_alternatives(self, needs: AlternativeNeeds, owners: list[ArtifactRecord]) -> Batch:
        by_id: dict[int, list[ArtifactRecord]] = {}
        for owner in owners:
            by_id.setdefault(owner.row["id"], []).append(owner)
        found: list[ArtifactRecord] = []
        if needs.windows or needs.total:
            families = alternatives.by_family({id: same[0].row["kind"] for id, same in by_id.items()})
            columns = frozenset(_artifact_columns(needs.artifact))
            shape = tuple(families), columns, frozenset(needs.windows), needs.total
            rows = self._rows(
                ("alternatives", *shape),
                lambda: alternatives.alternatives(needs, columns, list(families)),
                alternatives.values(families),
            )
            for row in rows:
                place = row["place"] - 1
                record = ArtifactRecord(row)
                if needs.holds(place):
                    found.append(record)
                for owner in by_id[row["owner_id"]]:
                    owner.alternatives[place] = AlternativeRecord(record, row["nearness"], row["shared"])
        return needs.artifact, found

    def _load_nearest(self, key: str) -> None:
        for names, records in zip(self._names[key], self._named[key], strict=True):
            for name, record in zip(names, records, strict=True):
                if record is None:
                    if not self._patient:
                        raise TakesLongError
                    candidates = self._rows("nearest", neighbours, {"name": name})
                    self._nearest[name] = alike(name, [row["slug"] for row in candidates])


def _artifact_columns(needs: ArtifactNeeds) -> set[str]:
    if touches_children(needs):
        needs.columns.add("id")
    return needs.columns
