"""Settings from the environment and from options, and what is said of bad ones."""

import re
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.catalogue.lines import line
from tests.conftest import GATEWAY, Run, environment

pytestmark = pytest.mark.on_sqlite

TWO = f"{line('one')}\n{line('two')}\n"


def test_database_from_the_environment(gateway: Run, tmp_path: Path) -> None:
    settings = {"database_url": f"sqlite:///{tmp_path / 'other.db'}"}
    assert "2 added" in gateway("import", "-", input=TWO, settings=settings).stdout
    assert gateway("export", settings=settings).stdout == TWO.replace('": "', '":"').replace('", "', '","')
    assert gateway("compare", "one", "two", settings=settings).returncode == 0
    process = subprocess.Popen(
        [GATEWAY, "serve"],
        env=environment(port="0", **settings),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"Listening on (\S+)/graphql", said)
        assert found is not None, said
        query = "{catalogue{artifactCount}}"
        answer = httpx.get(f"{found.group(1)}/graphql", params={"query": query}, timeout=60, trust_env=False)
        process.send_signal(signal.SIGTERM)
    assert answer.json() == {"data": {"catalogue": {"artifactCount": 2}}}
    assert not (tmp_path / "gateway.db").exists()


def test_option_wins_over_the_environment(gateway: Run, tmp_path: Path) -> None:
    settings = {"database_url": "sqlite:///environment.db"}
    ran = gateway("import", "-", "--database", "sqlite:///option.db", input=TWO, settings=settings)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "option.db").exists()
    assert not (tmp_path / "environment.db").exists()


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ({"foo": "1"}, ("GATEWAY_FOO", "GATEWAY_PORT")),
        ({"port": "http"}, ("GATEWAY_PORT", "'http'", "integer")),
        ({"workers": "0"}, ("GATEWAY_WORKERS", "'0'", "1")),
        (
            {"database_url": "mysql://host/name"},
            ("GATEWAY_DATABASE_URL is 'mysql://host/name'", "sqlite:///", "postgresql://"),
        ),
    ],
)
def test_bad_setting(gateway: Run, settings: dict[str, str], parts: tuple[str, ...]) -> None:
    ran = gateway("serve", settings=settings)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("BAD_SETTING: ")
    assert ran.stderr.count("\n") == 1
    for part in parts:
        assert part in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("serve", "--port", "http"), "--port"),
        (("compair", "a", "b"), "compair"),
    ],
)
def test_bad_option(gateway: Run, arguments: tuple[str, ...], part: str) -> None:
    ran = gateway(*arguments)
    assert ran.returncode == 2
    assert part in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("url", "code", "part"),
    [
        ("gateway.db", "BAD_SETTING", "sqlite:///"),
        ("sqlite:///nowhere/gateway.db", "DATABASE_UNUSABLE", "There is no folder"),
        ("sqlite:///text.txt", "DATABASE_UNUSABLE", "not a database"),
        ("postgresql://user:secret@127.0.0.1:1/name", "DATABASE_UNUSABLE", "refused"),
        ("postgresql://user:secret@127.0.0.1:port/name", "BAD_", "postgresql://"),
    ],
)
def test_database_that_cannot_be_used(gateway: Run, tmp_path: Path, url: str, code: str, part: str) -> None:
    (tmp_path / "text.txt").write_text("This is a letter and no database.\n" * 100)
    ran = gateway("export", "--database", url)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(code)
    assert part in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "secret" not in ran.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["text.txt"]


def test_port_in_use(gateway: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = gateway("serve", "--port", str(port))
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"CANNOT_LISTEN: Cannot listen on 127.0.0.1:{port}: ")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://user:hidden@host/name", "mysql://user:***@host/name"),
        ("mysql://user:s3/hidden@host/name", "mysql://user:***@host/name"),
        ("mysql://user:s3:hidden@host/name", "mysql://user:***@host/name"),
        ("mysql://user:hidden/name", "mysql://***"),
        ("postgresql+psycopg://user:s3@hidden@host/name", "postgresql+psycopg://user:***@host/name"),
        ("postgresq://user@host/name?password=hidden&a=b", "postgresq://user@host/name?password=***&a=b"),
        ("postgresq://user@host/name?p%61ssword=hidden", "postgresq://user@host/name?p%61ssword=***"),
        ("host=name password=hidden", "GATEWAY_DATABASE_URL is no address: "),
        ("host=name password=hidden://", "GATEWAY_DATABASE_URL is no address: "),
        ("postgresql://user:hidden@127.0.0.1:1/name", "postgresql://user:***@127.0.0.1:1/name "),
        ("postgresql://user:hidden@127.0.0.1:port/name", "BAD_DATABASE_URL"),
        ("postgresql://user@127.0.0.1:1/name?password=hidden", "postgresql://user@127.0.0.1:1/name?password=*** "),
        ("postgresql://user@127.0.0.1:1/name?sslpassword=hidden", "?sslpassword=*** "),
        ("postgresql://user:s3cr@hidden@127.0.0.1:1/name", "postgresql://user:***@127.0.0.1:1/name "),
        ("postgresql://user:s3cr@a,hidden@127.0.0.1:1/name", "postgresql://user:***@127.0.0.1:1/name "),
        ("postgresql://127.0.0.1:1/name?password=a@hidden", "postgresql://*** "),
        ("postgresql:///host=127.0.0.1 password=hidden port=1", "postgresql://*** "),
    ],
)
@pytest.mark.parametrize("setting", ["database_url", "read_database_url"])
def test_a_password_is_not_told(gateway: Run, url: str, told: str, setting: str) -> None:
    if setting == "database_url":
        ran = gateway("export", "--database", url)
        assert told in ran.stderr
    else:
        # A replica is only looked for once there is a database; its address is read at once.
        ran = gateway("serve", settings={"database_url": "postgresql://127.0.0.1:1/name", setting: url})
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "hidden" not in ran.stdout + ran.stderr
