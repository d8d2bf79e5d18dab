"""Refuses a breaking change of the schema that the changelog does not own up to.

Compares schema/schema.graphql with the version that landed last: the one on origin/main where that is another commit,
and the one before its latest change otherwise. Each breaking change has to be named in CHANGELOG.md under
"Unreleased", on a line that begins with "- Breaking:" and holds the coordinate, such as `Artifact.rank`.
"""

import re
import subprocess
import sys
from pathlib import Path

from graphql import build_schema
from graphql.utilities import find_breaking_changes

SDL = "schema/schema.graphql"


def git(*arguments: str) -> str | None:
    """The output of git, None where it fails."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def landed() -> str | None:
    """The schema as it landed last, None before the first landing."""
    head, main = git("rev-parse", "HEAD"), git("rev-parse", "origin/main")
    if main and main != head:
        return git("show", f"{main.strip()}:{SDL}")
    changes = (git("log", "--format=%H", "--", SDL) or "").split()
    return git("show", f"{changes[1]}:{SDL}") if len(changes) > 1 else None


def main() -> int:
    """Prints what is broken and not owned up to; 1 if there is anything."""
    old = landed()
    if not old or not old.strip():
        return 0
    changes = find_breaking_changes(build_schema(old), build_schema(Path(SDL).read_text()))
    unreleased = Path("CHANGELOG.md").read_text().partition("## Unreleased")[2].partition("\n## ")[0]
    owned = " ".join(line for line in unreleased.splitlines() if line.startswith("- Breaking:"))
    missing = [
        change.description
        for change in changes
        if not any(name in owned for name in re.findall(r"\w+(?:\.\w+)+|^\w+", change.description))
    ]
    for description in missing:
        print(f"breaking, and not in CHANGELOG.md as `- Breaking: ...`: {description}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
