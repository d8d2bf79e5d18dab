"""The gateway of another revision, to compare with: its files in a worktree, in an environment of their own."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.speed.processes import ROOT
from tests.conftest import environment


@dataclass(frozen=True, slots=True)
class Before:
    """An installed revision: its full hash, and where its environment has its commands."""

    revision: str
    commands: Path

    def settings(self) -> set[str]:
        """The settings that this gateway knows. It refuses to start with others."""
        program = "from gateway.settings import Settings; print(*Settings.model_fields)"
        return set(_said([str(self.commands / "python"), "-c", program], self.commands).split())


@contextmanager
def checked_out(revision: str, folder: Path) -> Iterator[Before]:
    """Installs a revision below a folder, and removes it again. Raises RuntimeError where that cannot be done."""
    found = _said(["git", "rev-parse", "--verify", f"{revision}^{{commit}}"], ROOT).strip()
    tree = folder / f"before-{found}"
    _said(["git", "worktree", "add", "--force", "--detach", str(tree), found], ROOT)
    try:
        commands = tree / ".venv" / "bin"
        _said([sys.executable, "-m", "venv", str(tree / ".venv")], tree)
        _said([str(commands / "pip"), "install", "-q", "--disable-pip-version-check", "-e", "."], tree)
        yield Before(found, commands)
    finally:
        _said(["git", "worktree", "remove", "--force", str(tree)], ROOT)


def _said(command: Sequence[str], folder: Path) -> str:
    ran = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed: {ran.stderr}")
    return ran.stdout
