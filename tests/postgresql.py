"""A private PostgreSQL server out of the system's binaries, with databases for whoever asks."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

SERVER = ("initdb", "postgres", "pg_ctl", "pg_basebackup")
# Ordered as people order words, as servers often are: the gateway's own order must not depend on it.
WORDS = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
SETTINGS = "-c listen_addresses='' -c fsync=off -c max_connections=60 -c unix_socket_directories="


class Cluster:
    """A running server. `folder` holds its socket and its data; all connections are trusted."""

    def __init__(self, folder: Path, binaries: Path, user: str | None) -> None:
        self.folder = folder
        self.binaries = binaries
        self.user = user
        self.started = False

    def run(self, program: str, *arguments: str | Path) -> None:
        """Runs one of PostgreSQL's programs as the user who owns the server."""
        ran = subprocess.run(
            [self.binaries / program, *arguments],
            user=self.user,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout

    @contextmanager
    def running(self) -> Iterator[None]:
        """Runs the server, and ends it unless that has been done."""
        self.start()
        try:
            yield
        finally:
            if self.started:
                self.stop()

    def start(self) -> None:
        """Starts the server, and waits until it answers."""
        options = f"{SETTINGS}{self.folder}"
        self.run("pg_ctl", "start", "-w", "-D", self.folder / "data", "-l", self.folder / "log", "-o", options)
        self.started = True

    def stop(self) -> None:
        """Ends the server at once."""
        self.run("pg_ctl", "stop", "-D", self.folder / "data", "-m", "immediate")
        self.started = False

    @contextmanager
    def replica(self) -> Iterator["Cluster"]:
        """A second server that follows this one as a streaming replica."""
        with _folder(self.user) as folder:
            copy = Cluster(folder, self.binaries, self.user)
            where = ("-h", self.folder, "-U", "gateway", "-D", folder / "data")
            copy.run("pg_basebackup", *where, "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
            with copy.running():
                yield copy

    def address(self, name: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://gateway@/{name}?host={self.folder}"

    def new(self, template: str = "template1") -> str:
        """The address of a new database: an empty one, or a copy of the one with the address `template`."""
        name = f"gateway_{uuid.uuid4().hex[:8]}"
        self._do(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(_name(template))))
        return self.address(name)

    def drop(self, address: str) -> None:
        """Removes a database, also where someone is still connected to it."""
        self._do(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(_name(address))))

    def _do(self, statement: psycopg.sql.Composed) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _name(address: str) -> str:
    return address.rpartition("@/")[2].partition("?")[0]


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


@contextmanager
def _folder(user: str | None) -> Iterator[Path]:
    # Not below pytest's own folder, which nobody but its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="gateway-postgresql-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A new server, ended and removed afterwards. Skips the test where there are no binaries."""
    binaries, user = _binaries(), _unprivileged()
    with _folder(user) as folder:
        cluster = Cluster(folder, binaries, user)
        cluster.run("initdb", "-D", folder / "data", "-U", "gateway", "-A", "trust", "-E", "UTF8", "--no-sync", *WORDS)
        with cluster.running():
            yield cluster
