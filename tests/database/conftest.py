"""A private PostgreSQL server out of the system's binaries, with a database for whoever asks."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import GATEWAY, Server, environment, serving

Make = Callable[[], str]
SERVER = ("initdb", "postgres", "pg_ctl")


def _binaries() -> Path:
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("postgres")
    folder = Path(found).resolve().parent if found else known[-1] if known else Path("/usr/lib/postgresql")
    absent = [name for name in SERVER if not (folder / name).exists()]
    if absent:
        pytest.skip(f"PostgreSQL cannot be started: {', '.join(absent)} not found in {folder}")
    return folder


def _unprivileged() -> str | None:
    """Whom to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def new_database() -> Iterator[Make]:
    """Makes an empty database on a private server, and returns its address."""
    binaries, user = _binaries(), _unprivileged()
    # Not below pytest's own folder, which nobody but its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="gateway-postgresql-"))
    if user is not None:
        shutil.chown(folder, user)

    def run(*arguments: str | Path) -> None:
        ran = subprocess.run(
            arguments, user=user, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout

    data = folder / "data"
    # Ordered as people order words, as servers often are: the gateway's own order must not depend on it.
    words = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
    try:
        run(binaries / "initdb", "-D", data, "-U", "gateway", "-A", "trust", "-E", "UTF8", "--no-sync", *words)
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
        run(binaries / "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", settings)
        try:
            yield lambda: _made(folder)
        finally:
            run(binaries / "pg_ctl", "stop", "-D", data, "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def _made(folder: Path) -> str:
    name = f"gateway_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"host={folder} user=gateway dbname=postgres", autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return f"postgresql://gateway@/{name}?host={folder}"


@pytest.fixture(scope="session")
def shipped_postgresql(new_database: Make) -> str:
    """The address of a PostgreSQL database with the shipped catalogue, loaded by `gateway import`."""
    url = new_database()
    files = sorted((Path(__file__).parents[2] / "seeds" / "catalogue").glob("*.jsonl"))
    subprocess.run([GATEWAY, "import", *files, "--database", url], env=environment(), check=True, capture_output=True)
    return url


@pytest.fixture(scope="session")
def postgresql(shipped_postgresql: str) -> Iterator[Server]:
    """A gateway on PostgreSQL with the shipped catalogue."""
    with serving(shipped_postgresql) as running:
        yield running
