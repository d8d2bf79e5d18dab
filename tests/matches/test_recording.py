"""What is recorded of a search, for whom, and what is not."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from tests.conftest import Run, change
from tests.matches.conftest import EVIDENCE, SEARCH, Crowd, client, crowded, file, inbox, rows

# What of it is SQL is held on both databases by the tests of counting, evidence and scores.
pytestmark = pytest.mark.on_sqlite

CAPABILITIES = """
{ artifact(slug: "walrus") { timesMatched capabilities { edges { node { slug timesMatched } } } } }
"""
RAW = "10.9.8.7"
"""A proxy that the shared gateway trusts."""


def matched(crowd: Crowd) -> tuple[int, dict[str, int]]:
    """How often searches have led to the walrus, and to each of its capabilities."""
    found = crowd.server.data(CAPABILITIES)["artifact"]
    nodes = [edge["node"] for edge in found["capabilities"]["edges"]]
    return found["timesMatched"], {node["slug"]: node["timesMatched"] for node in nodes}


def test_a_search_counts_for_artifacts_and_for_the_capability_that_matched_best(crowd: Crowd) -> None:
    assert matched(crowd) == (0, {"shanties": 0, "knots": 0})
    assert crowd.search("sing shanties", client(1)) == ["walrus"]
    crowd.settle()
    assert matched(crowd) == (1, {"shanties": 1, "knots": 0})
    # A name leads to no capability.
    assert crowd.search("walrus", client(1)) == ["walrus"]
    crowd.search("bowlines", client(2))
    crowd.settle()
    assert matched(crowd) == (3, {"shanties": 1, "knots": 1})


def test_a_client_counts_once_for_a_text_however_it_is_spelt(crowd: Crowd) -> None:
    texts = ("clover meadow", "clover meadow", "CLOVER  Meadow", "  clover\tmeadow\n", "ｃｌｏｖｅｒ meadow")  # noqa: RUF001
    for text in texts:
        assert "clover" in crowd.search(text, client(1))
    crowd.settle()
    assert crowd.times("clover") == 1
    # Other words are another text, and another client is somebody else.
    crowd.search("meadow clover", client(1))
    crowd.search("Clover Meadow", client(2))
    crowd.settle()
    assert crowd.times("clover") == 3


@pytest.mark.parametrize(("name", "own"), [("DNT", "penguin"), ("Sec-GPC", "narwhal")])
def test_a_client_that_asks_not_to_be_recorded_is_not(name: str, own: str, crowd: Crowd) -> None:
    for number, said in ((1, "1"), (2, "1")):
        assert own in crowd.search(own, client(number), {name: said})
        assert crowd.choose(own, own, client(number), {name: said}) is False
    crowd.settle()
    assert crowd.times(own) == 0
    # One that says that it does not mind is recorded.
    crowd.search(own, client(1), {name: "0"})
    assert crowd.choose(own, own, client(1), {name: "0"}) is True
    crowd.settle()
    assert crowd.times(own) == 1


def test_what_a_client_says_of_itself_to_a_trusted_proxy_is_not_believed(crowd: Crowd) -> None:
    for spoofed in ("198.51.100.1", "198.51.100.2, 198.51.100.3", "127.0.0.1", "nonsense", "2001:db8::9"):
        crowd.search("camel", f"{spoofed}, 192.0.2.7")
        # Through a chain of proxies that are all trusted.
        crowd.search("camel", f"{spoofed},192.0.2.7 , {RAW}")
    crowd.settle()
    assert crowd.times("camel") == 1
    crowd.search("camel", f"192.0.2.7, 192.0.2.8, {RAW}")
    crowd.settle()
    assert crowd.times("camel") == 2


def test_several_headers_are_read_as_one(crowd: Crowd) -> None:
    body = {"query": SEARCH, "variables": {"text": "scorpion"}}
    for spoofed in ("198.51.100.1", "198.51.100.2"):
        headers = [("x-forwarded-for", spoofed), ("x-forwarded-for", "192.0.2.7")]
        assert crowd.server.client.post("/graphql", json=body, headers=headers).status_code == 200
    crowd.settle()
    assert crowd.times("scorpion") == 1


def test_a_network_of_ipv6_is_one_client(crowd: Crowd) -> None:
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:DB8:1:2:0:0:0:3"):
        crowd.search("apricot", address)
    crowd.settle()
    assert crowd.times("apricot") == 1
    crowd.search("apricot", "2001:db8:1:3::1")
    # The same address, written as one of either kind.
    crowd.search("apricot", "192.0.2.9")
    crowd.search("apricot", "::ffff:192.0.2.9")
    crowd.settle()
    assert crowd.times("apricot") == 3


def test_a_kept_answer_is_recorded_for_each_client_that_is_given_it(crowd: Crowd) -> None:
    for number in range(1, 5):
        # The first is made and the others are kept.
        assert crowd.search("basalt", client(number)) == ["basalt"]
    asked = {"query": "query Get($text: String!) { search(text: $text) { edges { node { score } } } }"}
    asked["variables"] = '{"text": "basalt"}'
    tag = ""
    for number, status in ((5, 200), (6, 304), (7, 304)):
        headers = {"x-forwarded-for": client(number), "if-none-match": tag}
        response = crowd.server.client.get("/graphql", params=asked, headers=headers)
        assert response.status_code == status
        tag = response.headers["etag"]
    crowd.settle()
    assert crowd.times("basalt") == 7


def test_pages_and_filters_of_a_text_are_one_search_that_led_to_all_that_is_on_them(crowd: Crowd) -> None:
    (edge,) = crowd.edges("lagoon", client(1), first=1)
    assert edge["node"]["artifact"]["slug"] == "flamingo"
    assert crowd.search("lagoon", client(1), first=1, after=edge["cursor"]) == ["mangrove"]
    crowd.settle()
    assert [crowd.times(slug) for slug in ("flamingo", "mangrove", "oyster")] == [1, 1, 0]
    # The first two again, and the third.
    crowd.search("lagoon", client(1), kinds=["LIBRARY", "MODEL"])
    crowd.settle()
    assert [crowd.times(slug) for slug in ("flamingo", "mangrove", "oyster")] == [1, 1, 1]


def test_what_is_not_asked_for_was_not_shown(crowd: Crowd) -> None:
    count_alone = "query ($text: String!) { search(text: $text) { totalCount } }"
    assert crowd.post(count_alone, {"text": "tundra"}, client(1))["search"]["totalCount"] == 3
    crowd.settle()
    assert crowd.times("lichen") == 0


def test_several_searches_of_one_operation_are_recorded_each(crowd: Crowd) -> None:
    query = """query ($one: String!, $other: String!) {
      one: search(text: $one) { edges { node { artifact { slug } } } }
      other: search(text: $other) { edges { node { artifact { slug } } } }
    }"""
    crowd.post(query, {"one": "condor", "other": "agave"}, client(1))
    crowd.settle()
    assert [crowd.times(slug) for slug in ("condor", "juniper", "agave")] == [1, 0, 1]


def test_a_search_in_the_terminal_is_not_recorded(crowd: Crowd, gateway: Run) -> None:
    ran = gateway("search", "saiga steppe", "--database", crowd.server.database)
    assert "Saiga Steppe" in ran.stdout
    assert gateway("compare", "saiga", "falcon", "--database", crowd.server.database).returncode == 0
    crowd.settle()
    assert crowd.times("saiga") == 0


def test_nothing_that_is_stored_holds_the_address_of_a_client(crowd: Crowd) -> None:
    address = "192.0.2.231"
    crowd.search("toucan", address)
    crowd.choose("toucan", "toucan", address)
    crowd.settle()
    assert crowd.times("toucan") == 1
    database = crowd.server.database
    for url in {database, inbox(database)}:
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
        tables = [name for name in inspect(engine).get_table_names() if name.startswith("match_")]
        engine.dispose()
        assert tables
        for table in tables:
            stored = rows(url, f'SELECT * FROM "{table}"')  # noqa: S608, ours
            assert address not in str(stored)
            assert address.encode() not in b"".join(cell for row in stored for cell in row if isinstance(cell, bytes))
    if database.startswith("sqlite:"):
        folder = file(database).parent
        assert {"gateway.db", "gateway.db-inbox"} <= {path.name for path in folder.iterdir()}
        for path in folder.iterdir():
            assert address.encode() not in path.read_bytes()


def test_salts_of_days_that_are_over_are_thrown_away(crowd: Crowd) -> None:
    crowd.settle()
    where = inbox(crowd.server.database)
    today = rows(where, "SELECT day, salt FROM match_salt")
    assert len(today) == 1
    old = "'\\x01'::bytea" if where.startswith("postgresql:") else "x'01'"
    change(where, f"INSERT INTO match_salt (day, salt) VALUES ('2026-01-01', {old})")  # noqa: S608, ours
    assert len(rows(where, "SELECT day FROM match_salt")) == 2
    # Counting does so, also where nobody has searched on another day.
    crowd.settle()
    assert rows(where, "SELECT day, salt FROM match_salt") == today


def test_without_trusted_proxies_all_that_one_address_sends_is_one_client(fresh: str) -> None:
    with crowded(fresh, trusted_proxies="") as crowd:
        for number in range(4):
            crowd.search("bison", client(number))
        # It is not the setting's business who asks not to be recorded.
        crowd.search("coyote", client(5), {"DNT": "1"})
        crowd.settle()
        assert (crowd.times("bison"), crowd.times("coyote")) == (1, 0)


def test_where_recording_is_off_nothing_is_recorded(fresh: str) -> None:
    with crowded(fresh, record_searches="false") as crowd:
        assert crowd.search("bison", client(1)) == ["bison"]
        assert crowd.choose("bison", "bison", client(1)) is False
        found = crowd.server.data(EVIDENCE, of=["bison", "coyote"])["comparison"]["evidence"]
        assert (found["sharedQueries"], found["since"]) == (0, None)
    # It was ended cleanly, so that nothing waits to be written.
    assert not Path(f"{file(fresh)}-inbox").exists()
    with crowded(fresh) as crowd:
        crowd.settle()
        assert crowd.times("bison") == 0
        assert rows(fresh, "SELECT count(*) FROM match_search") == [(1,)]


@pytest.mark.parametrize(
    ("name", "value"), [("trusted_proxies", "10.0.0.1/8"), ("trusted_proxies", "proxy"), ("match_days", "0")]
)
def test_settings_that_cannot_be_meant_are_refused(name: str, value: str, gateway: Run) -> None:
    ran = gateway("serve", "--port", "0", settings={name: value})
    assert ran.returncode == 2
    assert ran.stderr.startswith("BAD_SETTING: ")
    assert f"GATEWAY_{name.upper()}" in ran.stderr
