"""What events come to, whichever way they arrive: worked out a second time from the rules, on both databases."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random
from typing import Any

import orjson

from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import open_database
from gateway.matches.inbox import Inbox
from gateway.matches.rollup import roll_up
from schema.rules.matching import UNITS, credit
from schema.rules.relevance import told_apart
from tests.matches.conftest import rows

TODAY = date(2026, 3, 1)
DAYS = [TODAY - timedelta(days=number) for number in range(3)]
QUERIES = "SELECT text, searchers, most_searchers FROM match_query"
Event = dict[str, Any]


def events(random: Random, ids: list[int], walrus: int, of_walrus: list[int]) -> list[Event]:
    """Searches that led to some artifacts, and choices of these and others."""
    made: list[Event] = []
    for _ in range(60):
        who = {"day": random.choice(DAYS).isoformat(), "client": random.randint(-4, 4)}
        who["text"] = random.choice(["one", "two", "three"])
        if random.random() < 0.3:
            made.append(who | {"chosen": random.choice([*ids, 999_999])})
            continue
        start = random.choice([0, 0, 2])
        found = random.sample(ids, random.randint(0, 4))
        # The walrus has two capabilities.
        hits = [
            (id, start + at, random.choice([None, *of_walrus]) if id == walrus else None)
            for at, id in enumerate(found, 1)
        ]
        made.append(who | {"best": 0.5, "hits": hits})
    return made


def expected(made: list[Event], ids: list[int]) -> dict[int, tuple[int, float]]:
    """How often searches led to each artifact, and what that is worth."""
    places: dict[tuple[int, str, int, str], int] = {}
    for event in made:
        for id, place, _ in event.get("hits", ()):
            key = id, event["day"], event["client"], event["text"]
            places[key] = min(place, places.get(key, place))
    chosen = {(e["chosen"], e["day"], e["client"], e["text"]) for e in made if "chosen" in e} & places.keys()
    best: dict[tuple[int, str, int], int] = {}
    for (id, day, client, _), place in places.items():
        best[id, day, client] = min(place, best.get((id, day, client), place))
    chose = {key[:3] for key in chosen}
    worth: defaultdict[int, int] = defaultdict(int)
    for of, place in best.items():
        worth[of[0]] += credit(place, of in chose)
    return {id: (sum(key[0] == id for key in places), round(worth[id] / UNITS, 9)) for id in ids}


def counted(address: str, ids: list[int]) -> dict[int, tuple[int, float]]:
    """What is stored of artifacts."""
    found = {row[0]: row[1:] for row in rows(address, "SELECT id, times_matched, match_credit FROM artifact")}
    return {id: (found[id][0], round(found[id][1], 9)) for id in ids}


def test_events_come_to_the_same_whichever_way_they_arrive(fresh: str) -> None:
    database, inbox, card = open_database(fresh), Inbox(fresh), shipped_scorecard()

    def count(some: list[Event]) -> None:
        inbox.write([orjson.dumps(event) for event in some])
        assert roll_up(database, inbox, card, min(DAYS))
        assert inbox.read(1) == []

    found = {slug: id for id, slug in rows(fresh, "SELECT id, slug FROM artifact")}
    walrus, ids = found["walrus"], [found[slug] for slug in ("walrus", "heron", "clover", "sunflower", "bison")]
    statement = f"SELECT capabilities FROM search_document WHERE artifact_id = {walrus}"  # noqa: S608, ours
    capabilities = told_apart(rows(fresh, statement)[0][0])
    everything: list[Event] = []
    for seed in range(6):
        random = Random(seed)
        made = events(random, ids, walrus, capabilities)
        everything += made
        random.shuffle(made)
        at = random.randint(0, len(made))
        # In two goes, the second with some of the first again, as after a crash before they were taken out.
        count(made[:at])
        count(made[at // 2 :])
        assert counted(fresh, ids) == expected(everything, ids)
    before = rows(fresh, "SELECT * FROM match_day ORDER BY artifact_id, capability, day")
    count(everything)
    assert rows(fresh, "SELECT * FROM match_day ORDER BY artifact_id, capability, day") == before
    of_walrus = {
        (slug, event["day"], event["client"], event["text"])
        for event in everything
        for id, _, which in event.get("hits", ())
        if id == walrus and which is not None
        for slug in [("shanties", "knots")[capabilities.index(which)]]
    }
    statement = f"SELECT slug, times_matched FROM capability WHERE artifact_id = {walrus}"  # noqa: S608, ours
    assert dict(rows(fresh, statement)) == {
        slug: sum(one[0] == slug for one in of_walrus) for slug in ("shanties", "knots")
    }
    searches = {(event["day"], event["client"], event["text"]) for event in everything if "hits" in event}
    by_text = {
        text: [len({client for day, client, of in searches if (day, of) == (one.isoformat(), text)}) for one in DAYS]
        for text in ("one", "two", "three")
    }
    stored = {text: (of_all, most) for text, of_all, most in rows(fresh, QUERIES)}
    assert stored == {text: (sum(by_day), max(by_day)) for text, by_day in by_text.items()}
    searchers = {(day, client) for day, client, _ in searches}
    assert rows(fresh, "SELECT searchers FROM catalogue") == [(len(searchers),)]
    inbox.close()
    database.close()
