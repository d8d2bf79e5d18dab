"""`gateway explain`: how the rank of one artifact came about, line by line, asked through GraphQL."""

from typing import Any

from gateway.errors import UsageError
from gateway.execution import Executor, Request
from schema.rules.matching import SEARCHERS
from schema.rules.scorecard import PROVIDERS

QUERY = """
query Explain($slug: String!) {
  artifact(slug: $slug) {
    slug name kind availability
    offers { source { title url } }
    rank { exact value position of contributions { dimension points } }
    scores {
      dimension value basis observedOn stale source { title url }
      signals { name source { title url } }
      terms { figure method value count firstOn lastOn score share text }
    }
  }
  scorecard { version staleDays dimensions { dimension weight } }
  catalogue { version scoredOn }
}
"""


def explain(executor: Executor, slug: str) -> dict[str, Any]:
    """The scores of an artifact with their terms, as the API answers. Raises UsageError (UNKNOWN_ARTIFACT)."""
    answer = executor.execute(Request(QUERY, {"slug": slug}))
    if errors := answer.body.get("errors"):
        raise UsageError(errors[0]["extensions"]["code"], errors[0]["message"])
    found: dict[str, Any] = answer.body["data"]
    if found["artifact"] is None:
        raise UsageError("UNKNOWN_ARTIFACT", f"There is no artifact {slug!r}, by slug or by alias.")
    return found


def lines(found: dict[str, Any]) -> list[str]:
    """The computation as lines of text: each score, what it is made of, and the rank that they add up to."""
    artifact, card = found["artifact"], found["scorecard"]
    weights = {item["dimension"]: item["weight"] for item in card["dimensions"]}
    told = [
        f"{artifact['name']} ({artifact['slug']}), {artifact['kind']}, {artifact['availability']}",
        f"Scorecard {card['version']}, ages measured at {found['catalogue']['scoredOn']}",
    ]
    if any(score["value"] is not None and not score["terms"] for score in artifact["scores"]):
        told.append("Somebody publishes scores of it: nothing is derived beside them but what searches say.")
    sellers = [_source(offer["source"]) for offer in artifact["offers"]]
    for score in artifact["scores"]:
        sources = {PROVIDERS: list(dict.fromkeys(sellers)), SEARCHERS: ["what clients of this gateway searched for"]}
        sources |= {signal["name"]: [_source(signal["source"])] for signal in score["signals"]}
        told += ["", *_score(score, weights[score["dimension"]], card["staleDays"], sources)]
    return [*told, "", *_rank(artifact, weights)]


def _score(score: dict[str, Any], weight: float, stale_days: int, sources: dict[str, list[str]]) -> list[str]:
    head = f"{score['dimension']}, weight {weight:g}: "
    if score["value"] is None:
        return [f"{head}not known, and left out"]
    told = [f"{head}{score['value']:.6g}, {score['basis'].lower()}"]
    if score["stale"]:
        told[0] += f", STALE: the newest figure is of {score['observedOn']}, more than {stale_days} days before"
    if not score["terms"]:
        day = f" on {score['observedOn']}" if score["observedOn"] else ""
        told.append(f"  stated by {_source(score['source'])}{day}")
    for term in score["terms"]:
        told.append(f"  {term['share']:.4g} x ({term['text']})")
        told += [f"    source: {source}" for source in sources.get(term["figure"], [])]
    return told


def _source(source: dict[str, Any]) -> str:
    return " ".join(part for part in (source["title"], source["url"]) if part)


def _rank(artifact: dict[str, Any], weights: dict[str, float]) -> list[str]:
    known = {score["dimension"]: score["value"] for score in artifact["scores"] if score["value"] is not None}
    carried = sum(weights[dimension] for dimension in known)
    rank = artifact["rank"]
    if rank is None:
        return [f"No rank: what is known carries {carried:g} of the weight, and a rank needs half of it."]
    # What has been removed is not counted among the others.
    place = "would be place" if artifact["availability"] == "REMOVED" else "place"
    products = " + ".join(f"{weights[dimension]:g} x {value:.6g}" for dimension, value in known.items())
    return [
        f"Rank = 100 x ({products}) / {carried:g} = {rank['exact']:.6g}",
        f"shown as {rank['value']}, {place} {rank['position']:,} of {rank['of']:,} ranked artifacts of its kind",
    ]
