"""Carries out what a plan needs, and holds what was read for the resolvers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from sqlalchemy import Connection, select, union_all

from gateway import listing, statements
from gateway.alternatives import alternatives
from gateway.statements import ARTIFACT, ATTRIBUTE, CHILD_TABLES, KIND, TABLES
from schema.data import AlternativeRecord, ArtifactRecord, PageRecord, Row
from schema.needs import AlternativeNeeds, ArtifactNeeds, Needs, PageNeeds
from schema.rules.scorecard import Scorecard

Later = Callable[[Callable[[Connection], Sequence[str]]], Sequence[str]]
"""How a resolver reads what was not loaded before: on which connection, and from which thread."""
Batch = tuple[ArtifactNeeds, list[ArtifactRecord]]
NEAREST = 3
MOST_CANDIDATES = 20_000


class Loaded:
    """What was read for one operation: the `schema.data.Data` of its resolvers."""

    def __init__(self, connection: Connection, needs: Needs, scorecard: Scorecard, later: Later | None = None) -> None:
        self.scorecard = scorecard
        self._connection = connection
        self._later = later or (lambda read: read(connection))
        self._needs = needs
        self._named: dict[str, ArtifactRecord] = {}
        self._pages: dict[Any, PageRecord] = {}
        self._catalogue: Row = {}
        self._kind_counts: dict[Any, int] = {}
        self._attribute_keys: dict[Any, list[str]] = {}
        self._load()

    def artifact(self, slug: str) -> ArtifactRecord | None:
        """The artifact with this slug or alias."""
        return self._named.get(slug)

    def nearest(self, slug: str) -> Sequence[str]:
        """Known slugs like one that is not: read only when an error has to be told."""
        known = ARTIFACT.c.slug
        after = select(known).where(known >= slug).order_by(known).limit(MOST_CANDIDATES // 2).subquery()
        before = select(known).where(known < slug).order_by(known.desc()).limit(MOST_CANDIDATES // 2).subquery()
        both = union_all(select(after), select(before))
        candidates = self._later(lambda connection: connection.scalars(both).all())
        asked = slug[:200].lower()
        alike = [
            *process.extract(asked, candidates, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=55),
            # Favours a common beginning, where people are surest of what they typed.
            *process.extract(
                asked, candidates, scorer=JaroWinkler.normalized_similarity, limit=NEAREST, score_cutoff=0.7
            ),
        ]
        best: dict[str, float] = {}
        for name, score, _ in alike:
            best[name] = max(best.get(name, 0), score if score > 1 else 100 * score)
        return sorted(best, key=lambda name: (-best[name], name))[:NEAREST]

    def request(self, key: str) -> Any:
        """The page request of a root field."""
        return self._needs.requests[key]

    def page(self, request: Any) -> PageRecord:
        """A page that was read."""
        return self._pages[request]

    def catalogue(self) -> Row:
        """The catalogue's row."""
        return self._catalogue

    def kind_counts(self) -> Mapping[Any, int]:
        """Artifacts by kind."""
        return self._kind_counts

    def attribute_keys(self, kind: Any) -> Sequence[str]:
        """The attributes that artifacts of a kind carry."""
        return self._attribute_keys.get(kind, [])

    def _load(self) -> None:
        needs = self._needs
        batches: list[Batch] = []
        if needs.named:
            self._load_named(needs.named)
            for slugs, named in needs.named:
                found = {slug: self._named[slug] for slug in slugs if slug in self._named}
                batches.append((named, list(found.values())))
        for request, page in needs.pages.items():
            self._pages[request] = self._load_page(request, page)
            batches.append((page.artifact, list(self._pages[request].artifacts)))
        # Alternatives may have alternatives of their own; each level is one statement.
        for batch_needs, records in batches:
            if batch_needs.alternatives is not None and records:
                batches.append(self._load_alternatives(batch_needs.alternatives, records))
        self._load_children(batches)
        if needs.catalogue.columns:
            table = TABLES["catalogue"]
            self._catalogue = self._rows(select(*(table.c[name] for name in sorted(needs.catalogue.columns))))[0]
        if needs.kind_counts:
            query = select(KIND.c.kind, KIND.c.artifacts)
            self._kind_counts = {row[0]: row[1] for row in self._connection.execute(query)}
        if needs.attribute_kinds:
            self._load_attribute_keys(needs.attribute_kinds)

    def _load_named(self, named: Sequence[tuple[list[str], ArtifactNeeds]]) -> None:
        columns = {column for _, needs in named for column in _artifact_columns(needs)}
        slugs = list(dict.fromkeys(slug for some, _ in named for slug in some))
        for row in self._rows(statements.by_slug(columns, slugs)):
            self._named[row["slug"]] = ArtifactRecord(row)
        missing = [slug for slug in slugs if slug not in self._named]
        if missing:
            for row in self._rows(statements.by_alias(columns, missing)):
                record = self._named.setdefault(row["slug"], ArtifactRecord(row))
                self._named[row["alias_name"]] = record

    def _load_page(self, request: Any, needs: PageNeeds) -> PageRecord:
        if not needs.rows and not needs.total:
            return PageRecord([], [], None, False)
        if needs.rows and not _artifact_columns(needs.artifact):
            needs.artifact.columns.add("id")
        rows = self._rows(listing.page(request, needs))
        total = rows[0]["total"] if needs.total else None
        rows = [row for row in rows if row.get("id", 0) is not None] if needs.rows else []
        page = rows[: request.size]
        if request.backward:
            page.reverse()
        keys = [row.get("order_key") for row in page]
        return PageRecord([ArtifactRecord(row) for row in page], keys, total, len(rows) > request.size)

    def _load_alternatives(self, needs: AlternativeNeeds, owners: list[ArtifactRecord]) -> Batch:
        by_id: dict[int, list[ArtifactRecord]] = {}
        for owner in owners:
            by_id.setdefault(owner.row["id"], []).append(owner)
        found: list[ArtifactRecord] = []
        if needs.windows or needs.total:
            kinds = {id: same[0].row["kind"] for id, same in by_id.items()}
            for row in self._rows(alternatives(needs, _artifact_columns(needs.artifact), kinds)):
                place = row["place"] - 1
                record = ArtifactRecord(row)
                if needs.holds(place):
                    found.append(record)
                for owner in by_id[row["owner_id"]]:
                    owner.alternatives[place] = AlternativeRecord(record, row["nearness"], row["shared"])
        return needs.artifact, found

    def _load_children(self, batches: Sequence[Batch]) -> None:
        # An artifact may be asked for in several places: by name it is one record, on pages it is one a page.
        records_by_id: dict[int, dict[int, ArtifactRecord]] = {}
        parts: list[statements.Batch] = []
        for needs, records in batches:
            if records and _touches_children(needs):
                parts.append((needs, [record.row["id"] for record in records]))
                for record in records:
                    records_by_id.setdefault(record.row["id"], {})[id(record)] = record
        owners = {key: list(records.values()) for key, records in records_by_id.items()}
        for name in CHILD_TABLES:
            query = statements.children(name, parts)
            if query is not None:
                for row in self._rows(query):
                    for record in owners[row["artifact_id"]]:
                        _attach(name, record, row)
        self._load_newest_signals(parts, owners)
        places, keys = statements.positions(parts)
        if places is not None:
            for index, artifact_id, position, ranked in self._connection.execute(places):
                for record in owners[artifact_id]:
                    record.positions[keys[index]] = (position, ranked)

    def _load_newest_signals(self, parts: Sequence[statements.Batch], owners: dict[int, list[ArtifactRecord]]) -> None:
        alone = [one for needs, ids in parts if needs.signals.newest and not needs.signals.columns for one in ids]
        if alone:
            for artifact_id, newest in self._connection.execute(statements.newest_signals(alone)):
                for record in owners[artifact_id]:
                    record.newest_signal = newest

    def _load_attribute_keys(self, kinds: Iterable[Any]) -> None:
        query = (
            select(ARTIFACT.c.kind, ATTRIBUTE.c.key)
            .join(ATTRIBUTE, ATTRIBUTE.c.artifact_id == ARTIFACT.c.id)
            .where(ARTIFACT.c.kind.in_(sorted(kinds)))
            .distinct()
            .order_by(ARTIFACT.c.kind, ATTRIBUTE.c.key)
        )
        for kind, key in self._connection.execute(query):
            self._attribute_keys.setdefault(kind, []).append(key)

    def _rows(self, query: Any) -> list[dict[str, Any]]:
        result = self._connection.execute(query)
        keys = tuple(result.keys())
        return [dict(zip(keys, row, strict=True)) for row in result]


def _touches_children(needs: ArtifactNeeds) -> bool:
    asked = any(getattr(needs, name).columns for name in CHILD_TABLES)
    return asked or needs.signals.newest or bool(needs.positions) or needs.alternatives is not None


def _artifact_columns(needs: ArtifactNeeds) -> set[str]:
    if _touches_children(needs):
        needs.columns.add("id")
    if needs.signals.newest and needs.signals.columns:
        needs.signals.columns.add("observed_on")
    return needs.columns


def _attach(name: str, record: ArtifactRecord, row: dict[str, Any]) -> None:
    match name:
        case "capabilities":
            record.capabilities[row["position"]] = row
        case "scores":
            record.scores[row["dimension"]] = row
        case "attributes":
            record.attributes[row["key"]] = row
        case "aliases":
            record.aliases.append(row["name"])
        case "offers":
            record.offers.append(row)
        case "signals":
            record.signals.append(row)
            if "observed_on" in row and (record.newest_signal is None or row["observed_on"] > record.newest_signal):
                record.newest_signal = row["observed_on"]
