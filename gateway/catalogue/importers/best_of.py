"""Machine learning libraries for Python, as best-of-ml-python listed them on 2025-06-26.

The list is CC BY-SA 4.0, so what derives from it has to be shared alike: every figure and fact has a source whose title
says so, and every artifact has at least one.

The identity of a project is its repository. Its alias is `github.com/OWNER/NAME`, for the old and for the new name
where the list knows of a move, and not `OWNER/NAME`, which can be the id of a model or a dataset on the Hugging Face
Hub. The package `pypi:NAME` is an alias too. Where two projects have one package, at least one has it wrongly, so it is
no alias and what counts it is left out.

The day on which a repository was made is no day of release: many projects are older than theirs. So there is no release
day. A project was updated on the day of its last commit or, where none is known, of its last stable release.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from gateway.catalogue.importers.adapter import Adapter, LeftOut, NativeLine, Record
from gateway.catalogue.importers.best_of_categories import (
    LABELS,
    LIST,
    SAYS_NOTHING,
    category_capability,
    label_capability,
)
from gateway.catalogue.importers.figures import written_count
from gateway.catalogue.importers.licenses import stated_license
from gateway.catalogue.importers.naming import SLUG_KEY, slug_of, told_apart
from gateway.catalogue.importers.records import csv_rows
from gateway.catalogue.importers.repeated import SAME_KEY, as_one
from gateway.catalogue.importers.wording import capability, kebab, sentence_list
from schema.rules.vocabulary import ArtifactKind

OBSERVED = date(2025, 6, 26)
SOURCE = {"title": f"{LIST} by ml-tooling, CC BY-SA 4.0", "url": "https://github.com/ml-tooling/best-of-ml-python"}
SEEN = {"observed_on": OBSERVED.isoformat(), "source": SOURCE}
REPOSITORY = re.compile(r"https?://(?P<where>github\.com/(?P<owner>[\w.-]+)/[\w.-]+)", re.ASCII)
GITHUB_ID = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
VERSION = re.compile(r"v?\d+(\.\d+)*")
SIGNALS = {
    "star_count": ("stars", "stars"),
    "fork_count": ("forks", "forks"),
    "watchers_count": ("watchers", "watchers"),
    "contributor_count": ("contributors", "people"),
    "commit_count": ("commits", "commits"),
    "pr_count": ("pull_requests", "pull requests"),
    "open_issue_count": ("open_issues", "issues"),
    "closed_issue_count": ("closed_issues", "issues"),
    "release_count": ("releases", "releases"),
    "dependent_project_count": ("dependents", "projects"),
    "monthly_downloads": ("downloads_month", "downloads"),
    "pypi_monthly_downloads": ("pypi_downloads_month", "downloads"),
    "conda_total_downloads": ("conda_downloads", "downloads"),
    "dockerhub_pulls": ("dockerhub_pulls", "pulls"),
}
"""By column: what is counted, and in what.

`downloads_month` is the list's figure over all places that a project is handed out from, some of them averages over a
project's whole life, so it is no count of 30 days. `dependents` adds up repositories and packages.
"""
PLACES = {
    "pypi_id": "PyPI",
    "conda_id": "conda",
    "npm_id": "npm",
    "dockerhub_id": "Docker Hub",
    "maven_id": "Maven",
    "brew_id": "Homebrew",
    "apt_id": "apt",
}
"""By column: where packages are handed out."""
NEEDED = (
    "name",
    "github_id",
    "category",
    "resource",
    "github_url",
    "homepage",
    "license",
    "created_at",
    "last_commit_pushed_at",
    "latest_stable_release_published_at",
    "latest_stable_release_number",
    "labels",
    "updated_github_id",
    *SIGNALS,
    *PLACES,
)
"""The columns that are read."""
UNUSED = {
    "description": "the list's own words",
    "projectrank": "the list's own rank",
    "recent_commit_count": "of a time that is not stated",
    "trending": "a figure of the moment",
    "updated_at": "the last day of anything, of which last_commit_pushed_at says more",
    "docs_url": "no place for it",
    "github_release_downloads": "counted in monthly_downloads",
    "npm_monthly_downloads": "counted in monthly_downloads",
    "github_dependent_project_count": "counted in dependent_project_count",
    "pypi_dependent_project_count": "counted in dependent_project_count",
    "projectrank_placing": "the list's own rank",
    "show": "tells of the listing",
    "dockerhub_stars": "no place for it",
}
"""What a row has and a line does not, and why."""
FIGURES_OF = {
    "pypi_id": ("pypi_monthly_downloads", "monthly_downloads", "dependent_project_count"),
    "conda_id": ("conda_total_downloads", "monthly_downloads"),
}
"""By the column of a package: the figures that count it."""
SHARED_KEY, OTHERS_KEY = "shared_here", "others_here"
"""Where a record has its packages that another project has too, and those of the rows that it speaks for."""
FRAMEWORKS = frozenset({"ml-frameworks"})
"""The categories whose projects the list calls frameworks."""


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    claims: dict[str, set[str]] = {}

    def claimed() -> Iterator[tuple[int, Record]]:
        for number, record in csv_rows(stream, NEEDED):
            if identity := _identity(record):
                for package in _packages(record).values():
                    claims.setdefault(package, set()).add(identity)
            yield number, record

    for number, record in told_apart(as_one(claimed(), _identity, _order, _combined), _named):
        # The first record comes out when the last has been read, so all claims are known.
        record[SHARED_KEY] = {package for package in _packages(record).values() if len(claims.get(package, ())) > 1}
        yield number, record


def _is_link(record: Record) -> bool:
    return bool((record.get("resource") or "").strip())


def _identity(record: Record) -> str | None:
    """The repository of a project, or its name where the list has none; None for what is no project."""
    repository = REPOSITORY.fullmatch((record.get("github_url") or "").strip())
    if _is_link(record) or not (record.get("name") or "").strip():
        return None
    return repository["where"].lower() if repository else record["name"].strip()


def _order(record: Record) -> tuple[bool, str]:
    # A project that was renamed may stand in the list under both names; the repository has the new one.
    repository = (record.get("github_url") or "").rpartition("/")[2]
    return slug_of(record["name"]) != slug_of(repository), record["name"]


def _combined(first: Record, others: list[Record]) -> None:
    first[OTHERS_KEY] = [package for other in others for package in _packages(other).values()]


def _packages(record: Record) -> dict[str, str]:
    """The packages of a project with the name of where they are, such as `pypi:torch`, by column."""
    stated = {key: (record.get(key) or "").strip() for key in FIGURES_OF}
    return {
        key: f"{key.removesuffix('_id')}:{package}" for key, package in stated.items() if PACKAGE.fullmatch(package)
    }


def _named(record: Record) -> tuple[str, str] | None:
    identity = _identity(record)
    return None if identity is None else (_slug(identity), identity)


def _slug(identity: str) -> str:
    return slug_of(identity.removeprefix("github.com/")) or slug_of(identity) or "project"


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    if _is_link(record):
        left_out.record("is a link to other lists or results, and no project")
        return None
    identity = _identity(record)
    if identity is None:
        left_out.record("has no name")
        return None
    if record.get(SAME_KEY):
        left_out.record("is about the repository of another row, and taken together with it")
        return None
    for key, reason in UNUSED.items():
        if (record.get(key) or "").strip():
            left_out.part(f"{key}: {reason}")
    category = (record.get("category") or "").strip()
    labels = _labels(record, left_out)
    if category in SAYS_NOTHING:
        left_out.part("category: others says nothing")
    known = [category] if category and kebab(category) == category and category not in SAYS_NOTHING else []
    repository = REPOSITORY.fullmatch((record.get("github_url") or "").strip())
    homepage = (record.get("homepage") or "").strip()
    line: dict[str, Any] = {
        "slug": record.get(SLUG_KEY) or _slug(identity),
        "name": record["name"].strip(),
        "kind": ArtifactKind.FRAMEWORK if category in FRAMEWORKS else ArtifactKind.LIBRARY,
        "publisher": repository["owner"] if repository else None,
        "homepage": homepage if re.fullmatch(r"https?://\S+", homepage) else None,
        "tasks": known,
        "updated_on": _updated_on(record, left_out),
        "aliases": _aliases(record, left_out),
        "signals": list(_signals(record, left_out)),
        "attributes": {key: {"value": value} | SEEN for key, value in _facts(record, labels, left_out).items()},
        "capabilities": [
            *map(category_capability, known),
            *([label_capability(labels)] if labels else []),
            *_handed_out(record),
        ],
    }
    line |= stated_license(record.get("license"), left_out)
    return {key: value for key, value in line.items() if value not in (None, [], {})}


def _labels(record: Record, left_out: LeftOut) -> list[str]:
    stated = re.findall(r"[\w.-]+", record.get("labels") or "", re.ASCII)
    known = [label for label in dict.fromkeys(stated) if label in LABELS]
    if len(known) < len(set(stated)):
        left_out.part("labels: names nothing that is known here")
    return known


def _day(record: Record, key: str, left_out: LeftOut) -> str | None:
    stated = (record.get(key) or "").strip()
    if not stated:
        return None
    try:
        day = datetime.fromisoformat(stated).date()
    except ValueError:
        left_out.part(f"{key}: no day")
        return None
    if day > OBSERVED:
        left_out.part(f"{key}: after {OBSERVED}")
        return None
    return day.isoformat()


def _updated_on(record: Record, left_out: LeftOut) -> str | None:
    commit = _day(record, "last_commit_pushed_at", left_out)
    return commit or _day(record, "latest_stable_release_published_at", LeftOut())


def _aliases(record: Record, left_out: LeftOut) -> list[str]:
    repository = REPOSITORY.fullmatch((record.get("github_url") or "").strip())
    names = [repository["where"]] if repository else []
    if repository:
        ids = [(record.get(key) or "").strip() for key in ("github_id", "updated_github_id")]
        names += [f"github.com/{name}" for name in ids if GITHUB_ID.fullmatch(name)]
    else:
        left_out.part("github_id: of a repository that the list gives no address of")
    packages, shared = _packages(record), record.get(SHARED_KEY, set())
    for key, package in packages.items():
        if package in shared:
            left_out.part(f"{key}: two projects have it")
    stated = [packages.get("pypi_id"), *record.get(OTHERS_KEY, [])]
    names += [package for package in stated if package and package.startswith("pypi:") and package not in shared]
    return list(dict.fromkeys(names))


def _signals(record: Record, left_out: LeftOut) -> Iterator[dict[str, Any]]:
    shared = record.get(SHARED_KEY, set())
    doubtful = {key for column, package in _packages(record).items() if package in shared for key in FIGURES_OF[column]}
    for key, (name, unit) in SIGNALS.items():
        stated = (record.get(key) or "").strip()
        if not stated:
            continue
        value = written_count(stated)
        if value is None:
            left_out.part(f"{key}: no count")
        elif key in doubtful:
            left_out.part(f"{key}: counts a package that two projects have")
        else:
            yield {"name": name, "value": value, "unit": unit} | SEEN


def _facts(record: Record, labels: list[str], left_out: LeftOut) -> dict[str, Any]:
    version = (record.get("latest_stable_release_number") or "").strip()
    if version and not VERSION.fullmatch(version):
        left_out.part("latest_stable_release_number: no plain version")
        version = ""
    facts = {
        "list_category": (record.get("category") or "").strip(),
        "belongs_with": [LABELS[label] for label in labels],
        "repository_created": _day(record, "created_at", left_out),
        "latest_release_on": _day(record, "latest_stable_release_published_at", left_out),
        "latest_version": version,
    }
    return {key: value for key, value in facts.items() if value}


def _handed_out(record: Record) -> list[dict[str, Any]]:
    places = [place for key, place in PLACES.items() if (record.get(key) or "").strip()]
    if not places:
        return []
    said = f"{LIST} names a package of it on {sentence_list(places)}."
    return [capability("packages", f"Packages on {sentence_list(places)}", said, ["install", *map(kebab, places)])]


ADAPTER = Adapter(
    name="best-of",
    help="Machine learning libraries: best-of-ml-python.csv.gz, seen on 2025-06-26; CC BY-SA 4.0.",
    records=_records,
    convert=_converted,
)
