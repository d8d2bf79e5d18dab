"""What gets installed is whole, and ours: another library on the index has a top-level `schema` as well."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHERE = "import importlib.util; print(importlib.util.find_spec('schema').origin)"


def test_the_schema_imported_here_is_ours(tmp_path: Path) -> None:
    # From another folder and without the current one on the path, as the installed command is run.
    found = subprocess.run(
        [sys.executable, "-P", "-c", WHERE], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(found.stdout.strip()) == ROOT / "schema" / "__init__.py"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as for a release."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_data_it_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"schema/schema.graphql", "seeds/scorecard.json", "seeds/catalogue.schema.json", "seeds/SOURCES.md"} <= names
    assert any(name.startswith("seeds/catalogue/") for name in names)
    assert any(name.startswith("gateway/migrations/versions/0001") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_the_schema_of_a_clean_environment_is_ours(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "clean", with_pip=True)
    python = tmp_path / "clean" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", wheel], check=True, capture_output=True)
    found = subprocess.run([python, "-P", "-c", WHERE], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).parts[-3:] == ("site-packages", "schema", "__init__.py")
    code = "from importlib.metadata import packages_distributions as p; print(p()['schema'])"
    owner = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert owner.stdout.strip() == "['comparison-gateway']"
