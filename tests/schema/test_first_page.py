"""The first comparison page by one query, compared with what the page shows."""

from tests.conftest import Server

QUERY = """
{
  comparison(of: ["segformer-b0-finetuned-ade-512-512", "the-pile"]) {
    slug
    artifacts { name kind capabilities(first: 100) { totalCount edges { node { name description } } } }
    fields { key cells { display number } leaders { slug } outcome margin }
    verdict { winner { slug } summary reasons { dimension leaders { slug } } caveats { code artifacts { slug } } }
  }
}
"""
SEGFORMER, PILE = "segformer-b0-finetuned-ade-512-512", "the-pile"


def test_first_page(server: Server) -> None:
    page = server.data(QUERY)["comparison"]
    assert page["slug"] == f"{SEGFORMER}-vs-{PILE}"
    assert [artifact["capabilities"]["totalCount"] for artifact in page["artifacts"]] == [7, 12]
    assert [len(artifact["capabilities"]["edges"]) for artifact in page["artifacts"]] == [7, 12]
    rows = {row["key"]: row for row in page["fields"]}
    shown = {key: [cell["display"] for cell in row["cells"]] for key, row in rows.items()}
    assert shown["KIND"] == ["Fine-tune", "Dataset"]
    assert shown["RANK"] == ["46/100", "59/100"]
    assert shown["ADOPTION"] == ["1", "1"]
    assert shown["QUALITY"] == ["0", "1"]
    assert shown["ECOSYSTEM"] == ["1", "0"]
    assert shown["MATCH_GRAPH"] == ["0", "0"]
    assert shown["PRICING"] == ["Free", "Free"]
    assert shown["CAPABILITY_COUNT"] == ["7", "12"]
    assert shown["TIMES_MATCHED"] == ["0", "0"]
    leaders = {key: [leader["slug"] for leader in row["leaders"]] for key, row in rows.items()}
    assert (leaders["RANK"], leaders["ADOPTION"], leaders["QUALITY"]) == ([PILE], [PILE], [PILE])
    assert leaders["ECOSYSTEM"] == [SEGFORMER]
    assert rows["MATCH_GRAPH"]["outcome"] == "TIE"
    assert rows["FRESHNESS"]["outcome"] == "NO_DATA"


def test_verdict_of_the_first_page(server: Server) -> None:
    verdict = server.data(QUERY)["comparison"]["verdict"]
    assert verdict["winner"] == {"slug": PILE}
    led = {reason["dimension"]: [leader["slug"] for leader in reason["leaders"]] for reason in verdict["reasons"]}
    assert led == {"ADOPTION": [PILE], "QUALITY": [PILE], "ECOSYSTEM": [SEGFORMER]}
    caveats = {(caveat["code"], artifact["slug"]) for caveat in verdict["caveats"] for artifact in caveat["artifacts"]}
    assert ("NOT_AVAILABLE", PILE) in caveats
    assert ("RESTRICTED_LICENSE", SEGFORMER) in caveats
    assert ("DIFFERENT_KINDS", PILE) in caveats
    assert ("SPARSE_DATA", PILE) in caveats
    assert ("STALE_SIGNALS", SEGFORMER) in caveats
    assert ("STALE_SIGNALS", PILE) not in caveats
