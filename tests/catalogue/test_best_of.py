"""Projects of a list become lines that say what the list says, and whose licence that is under."""

from pathlib import Path

import pytest

from gateway.catalogue.importers.best_of import ADAPTER, NEEDED
from tests.catalogue.conversions import converted, csv_file, facts, figures, said, sources


def project(**more: str) -> dict[str, str]:
    """A row of the list, with what is given put over what is usual."""
    return (
        dict.fromkeys(NEEDED, "")
        | {
            "name": "Some Thing",
            "github_id": "Some-Body/thing",
            "category": "image",
            "resource": "",
            "github_url": "https://github.com/Some-Body/thing",
            "homepage": "https://github.com/Some-Body/thing",
            "license": "MIT",
            "created_at": "2017-02-07 16:07:05.000",
            "last_commit_pushed_at": "2025-06-25 21:36:17",
            "star_count": "35718.0",
            "fork_count": "",
            "description": "A sentence that is not ours.",
            "latest_stable_release_published_at": "2025-06-10 00:41:52.000",
            "latest_stable_release_number": "2.5.11",
            "pypi_id": "some-thing",
            "conda_id": "conda-forge/some-thing",
            "labels": "['pytorch', 'jax']",
            "dependent_project_count": "12.0",
            "monthly_downloads": "2234.0",
            "pypi_monthly_downloads": "2000.0",
            "conda_total_downloads": "9000.0",
            "updated_github_id": "",
        }
        | more
    )


def test_a_project_as_most_are(tmp_path: Path) -> None:
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", project()))
    line = lines["some-body-thing"]
    data = line.canonical()
    assert (data["name"], data["kind"], data["publisher"]) == ("Some Thing", "LIBRARY", "Some-Body")
    assert (data["license"], data["license_use"], data["tasks"]) == ("MIT", "OPEN", ["image"])
    assert data["aliases"] == ["github.com/Some-Body/thing", "pypi:some-thing"]
    assert data["updated_on"] == "2025-06-25"
    assert "released_on" not in data
    assert figures(line) == {
        "stars": 35718,
        "dependents": 12,
        "downloads_month": 2234,
        "pypi_downloads_month": 2000,
        "conda_downloads": 9000,
    }
    assert facts(line) == {
        "list_category": "image",
        "belongs_with": ["PyTorch", "JAX"],
        "repository_created": "2017-02-07",
        "latest_release_on": "2025-06-10",
        "latest_version": "2.5.11",
    }
    assert said(line) == {
        "image": "best-of-ml-python lists it under image data: working on pictures and videos.",
        "ecosystem": "best-of-ml-python marks it as belonging with PyTorch and JAX.",
        "packages": "best-of-ml-python names a package of it on PyPI and conda.",
    }
    assert left_out.parts == {"description: the list's own words": 1}


def test_everything_is_marked_as_share_alike(tmp_path: Path) -> None:
    bare = dict.fromkeys(project(), "") | {"name": "Bare", "category": "others"}
    lines, _ = converted(ADAPTER, csv_file(tmp_path / "x.gz", project(), bare))
    for line in lines.values():
        assert sources(line) == {("2025-06-26", "best-of-ml-python by ml-tooling, CC BY-SA 4.0")}
    assert lines["bare"].canonical().keys() == {"slug", "name", "kind", "attributes"}


def test_kind_follows_the_category(tmp_path: Path) -> None:
    lines, _ = converted(ADAPTER, csv_file(tmp_path / "x.gz", project(category="ml-frameworks")))
    assert lines["some-body-thing"].kind == "FRAMEWORK"


def test_links_are_no_projects(tmp_path: Path) -> None:
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", project(resource="True"), project(name=" ")))
    assert lines == {}
    assert left_out.records == {"is a link to other lists or results, and no project": 1, "has no name": 1}


def test_a_repository_that_moved_is_found_under_both_names(tmp_path: Path) -> None:
    moved = project(updated_github_id="new-body/thing", github_url="https://github.com/new-body/thing", pypi_id="")
    lines, _ = converted(ADAPTER, csv_file(tmp_path / "x.gz", moved))
    assert sorted(lines["new-body-thing"].aliases) == ["github.com/Some-Body/thing", "github.com/new-body/thing"]


def test_a_repository_under_two_names_is_one_project(tmp_path: Path) -> None:
    new, old = project(name="Thing"), project(name="Old Thing", pypi_id="old-thing", star_count="1.0")
    for rows in ([new, old], [old, new]):
        lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", *rows))
        line = lines["some-body-thing"]
        assert (line.name, figures(line)["stars"]) == ("Thing", 35718)
        assert {"pypi:some-thing", "pypi:old-thing"} < set(line.aliases)
        assert left_out.records == {"is about the repository of another row, and taken together with it": 1}


def test_a_package_of_two_projects_counts_for_neither(tmp_path: Path) -> None:
    other = project(
        name="Other",
        github_id="other/other",
        github_url="https://github.com/other/other",
        conda_id="other",
    )
    for rows in ([project(), other], [other, project()]):
        lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", *rows))
        for line in lines.values():
            assert figures(line) == {"stars": 35718, "conda_downloads": 9000}
            assert [alias for alias in line.aliases if alias.startswith("pypi:")] == []
        assert left_out.parts["pypi_id: two projects have it"] == 2
        assert left_out.parts["monthly_downloads: counts a package that two projects have"] == 2


def test_a_project_without_a_repository_has_none_as_alias(tmp_path: Path) -> None:
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", project(github_url="")))
    assert lines["some-thing"].aliases == ["pypi:some-thing"]
    assert left_out.parts["github_id: of a repository that the list gives no address of"] == 1


@pytest.mark.parametrize(
    ("column", "stated", "signal", "value"),
    [
        ("star_count", "0.0", "stars", 0),
        ("star_count", "1,585", "stars", 1585),
        ("star_count", "3.4e+3", "stars", 3400),
        ("star_count", "-4.0", "stars", None),
        ("star_count", "1.5", "stars", None),
        ("star_count", "many", "stars", None),
        ("star_count", "12,34", "stars", None),
    ],
)
def test_counts(tmp_path: Path, column: str, stated: str, signal: str, value: int | None) -> None:
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", project(**{column: stated})))
    assert figures(lines["some-body-thing"]).get(signal) == value
    assert left_out.parts[f"{column}: no count"] == (value is None)


def test_days(tmp_path: Path) -> None:
    row = project(last_commit_pushed_at="2025-07-01 00:00:00", created_at="soon")
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", row))
    assert str(lines["some-body-thing"].updated_on) == "2025-06-10"
    assert "repository_created" not in facts(lines["some-body-thing"])
    assert left_out.parts["last_commit_pushed_at: after 2025-06-26"] == 1
    assert left_out.parts["created_at: no day"] == 1


def test_what_says_nothing_is_told(tmp_path: Path) -> None:
    row = project(
        category="others", labels="others", license="Custom", latest_stable_release_number="1.0-preiew", projectrank="9"
    )
    lines, left_out = converted(ADAPTER, csv_file(tmp_path / "x.gz", row))
    assert (lines["some-body-thing"].tasks, lines["some-body-thing"].license) == ([], None)
    assert {part.partition(":")[0] for part in left_out.parts} == {
        "category", "description", "labels", "latest_stable_release_number", "license", "projectrank",
    }  # fmt: skip
