"""Operations written by hand: what generation seldom comes to. They are about the shipped catalogue."""

from typing import Any

from gateway.execution import Request
from schema.node import global_id
from schema.paging import encode, encode_position

PILE, C4 = "the-pile", "c4"
SEGFORMER = "segformer-b0-finetuned-ade-512-512"
ALIAS = "EleutherAI/pile"
IDS = [
    global_id("Artifact", PILE),
    global_id("Artifact", ALIAS),
    global_id("Comparison", SEGFORMER, PILE),
    global_id("Comparison", PILE, ALIAS),
    global_id("Comparison", PILE),
    global_id("Comparison", "nobody", PILE),
    global_id("Capability", PILE, "nothing"),
    global_id("Person", "x"),
    "x",
    "",
]
PAIR = f'comparison(of: ["{SEGFORMER}", "{PILE}"])'
PAGED = """query ($first: Int, $after: String, $last: Int, $before: String, $filter: ArtifactFilter
  $by: ArtifactOrder) {
  artifacts(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $by) {
    totalCount edges { cursor node { slug rank { exact } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
NODES = """query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename id
    ... on Artifact { name capabilities(first: 1) { totalCount } }
    ... on Capability { name artifact { slug } }
    ... on Comparison { slug verdict { outcome } }
  }
}"""
OF = "query ($of: [String!]!) { comparison(of: $of) { slug fields { key cells { display } leaders { slug } margin } } }"
WEIGHTS = """query ($w: Weights) {
  artifact(slug: "c4") { slug rank(weights: $w) { value exact position of contributions { dimension points } } }
}"""
PART = f"query ($q: Float) {{ {PAIR} {{ slug verdict(weights: {{quality: $q, adoption: 1}}) {{ outcome margin }} }} }}"
CAPABILITIES = """query ($slug: String!, $first: Int, $after: String, $query: String) {
  artifact(slug: $slug) {
    name capabilities(first: $first, after: $after, query: $query) {
      totalCount edges { cursor node { id slug name tags artifact { slug } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}"""
SWITCHED = """query ($yes: Boolean = true, $no: Boolean! = false) {
  artifact(slug: "the-pile") {
    slug name @include(if: $yes) @skip(if: $no)
    ... @skip(if: $no) { kind license @include(if: $yes) { name } }
    ...F @include(if: $no) ...F @skip(if: $no)
  }
  __typename @include(if: $no)
  ... on Query @include(if: $yes) { catalogue { version } }
}
fragment F on Artifact { summary rank @skip(if: $yes) { value } }"""
DIRECTED = 'query ($b: Boolean = true) {{ artifact(slug: "{}") {{ slug ... on Node @include(if: $b) {{ id }} }} }}'
LOWER = 'query ($b: Boolean = true) {{ artifact(slug: "{}") {{ slug rank {{ exact @skip(if: $b) }} }} }}'
TWO = "query A { catalogue { version } } query B($s: String!) { artifact(slug: $s) { name } }"
ORDERED = """query ($by: ArtifactOrderField = RANK) {
  artifacts(first: 1, orderBy: {field: $by}) { totalCount edges { node { slug } } }
}"""


QUERIES = r"""
{ __typename }

{ a: __typename catalogue { __typename version } b: __typename }

{ __schema { queryType { name } } catalogue { version } }

{ artifact(slug: "c4") { name } __type(name: "Rank") { name fields { name } } }

{ scorecard { version dimensions { dimension weight } } scorecard { staleDays } }

{ comparableFields { key label help direction unit field } models: comparableFields(kind: MODEL) { key } }

{ artifact(slug: "nobody") { name capabilities { edges { node { name } } } } }

{ artifact(slug: "") { name } }

{ artifact(slug: "a\u0000b") { name } other: artifact(slug: "c4") { name } }

{ artifact(slug: "c4") { attribute(key: "\u0000") { key } name } }

{ artifact(slug: "ALIAS") { slug name aliases id __typename } }

{ artifact(slug: "c4") { rank { value exact position of contributions { dimension score weight points } } } }

{ artifact(slug: "c4") { scores { dimension value display basis observedOn stale source { title url } signals
  { name } terms { figure method value share text } } } }

{ artifact(slug: "c4") { signals { name value unit history { value observedOn source { title } } } } }

{ artifact(slug: "c4") { attributes { key label number text unit display observedOn } one: attribute(key:
  "rows") { key } none: attribute(key: "nothing") { key } } }

{ artifact(slug: "c4") { alternatives(first: 2) { totalCount edges { cursor nearness shared node { slug rank {
  value exact } alternatives(first: 1) { edges { node { name } } } } } pageInfo { endCursor } } } }

{ artifact(slug: "c4") { alternatives(first: 101) { totalCount } name } catalogue { version } }

{ artifact(slug: "c4") { alternatives(after: "x") { totalCount } } }

{ artifact(slug: "c4") { rank(weights: {quality: -1}) { value } name } }

{ a: artifact(slug: "c4") { x: rank(weights: {}) { value } } b: artifact(slug: "c4") { capabilities(first: -1)
  { totalCount } } }

{ artifacts(first: 101) { totalCount } catalogue { version } }

{ catalogue { version } artifacts(first: -1) { totalCount } }

{ comparison(of: ["c4"]) { slug } artifacts(first: 1, last: 1) { totalCount } catalogue { version } }

{ artifacts(first: 100) { edges { node { alternatives(first: 100) { edges { node { slug } } } } } } }

{ comparison(of: ["the-pile", "ALIAS"]) { slug } }

{ comparison(of: ["the-pile", "the-pile"]) { slug } }

{ comparison(of: ["the-pil", "codesearchnt", "c4"]) { slug } artifact(slug: "c4") { name } }

{ PAIR { fields { key label direction unit outcome margin leaders { slug name kind id } cells { number text
  date display basis artifact { slug } } } } }

{ PAIR { fields(leadingOnly: true) { key } only: fields(only: [RANK, KIND, RANK]) { key } none: fields(only:
  []) { key } attributes { key cells { display } } some: attributes(keys: ["rows", "x"]) { key leaders { slug
  } } } }

{ PAIR { alignment(first: 2) { totalCount edges { cursor node { similarity left { name } right { name artifact
  { slug } } } } pageInfo { hasNextPage } } exclusive(artifact: "ALIAS") { slug } } }

{ PAIR { exclusive(artifact: "c4") { slug } slug } }

{ PAIR { alignment(minimum: 2) { totalCount } } one: PAIR { alignment(after: "x") { totalCount } } }

{ PAIR { verdict { outcome margin summary winner { slug rank { exact } } reasons { text leaders { slug } }
  caveats { code text artifacts { slug } } dominance { slug } winShares { share artifact { slug } } flips {
  dimension current weight winner { slug } } } verdict(weights: null) { outcome } } }

{ PAIR { id slug artifacts { slug } artifacts { name kind } artifacts { ... on Node { id } } } }

{
  node(id: "ARTIFACT_ID") { ...A }
  nodes(ids: ["PAIR_ID", "ALIAS_ID"]) { ...A ... on Node { ...A } }
}
fragment A on Node { __typename ...B ... on Node { ... on Node { id ... on Artifact { ...C } } } }
fragment B on Comparison { slug artifacts { ...C ... on Node { id } } }
fragment C on Artifact { slug license { ...L } ... { ... { name ...D } } }
fragment D on Artifact { rank { ...R } rank { exact } }
fragment R on Rank { value __typename }
fragment L on License { use __typename }

{ artifact(slug: "c4") { ...A ...A } } fragment A on Artifact { name name n: name ... on Node { id } }

{ artifact(slug: "c4") { nam } }

{ artifact(slug: 3) { name } }

{ catalogue }

mutation { x }

subscription { catalogue { version } }

{ catalogue { version }

{ a { ...A } } fragment A on Query { ...A }
"""
"""Queries without variables, each after an empty line. What is in capitals is filled in."""


def filled(text: str) -> str:
    """The queries with what stands in them in capitals."""
    for word, value in (("PAIR_ID", IDS[2]), ("ALIAS_ID", IDS[1]), ("ARTIFACT_ID", IDS[0]), ("PAIR", PAIR)):
        text = text.replace(word, value)
    return text.replace("ALIAS", ALIAS)


def _each(query: str, *variables: dict[str, Any]) -> list[Request]:
    return [Request(query, values) for values in variables]


WRITTEN: list[Request] = [
    *map(Request, filled(QUERIES).strip().split("\n\n")),
    *_each(OF, *({"of": of} for of in ([], [C4], [C4, C4], [C4, PILE], [ALIAS, C4], [PILE, ALIAS], ["c5", PILE]))),
    *_each(OF, {"of": C4}, {"of": None}, {"of": [None]}, {"of": [3]}, {"of": ["c4", None]}, {"of": ["c4", "\0"]}, {}),
    *_each(NODES, {"ids": IDS}, {"ids": IDS[:1] * 3}, {"ids": []}, {"ids": ["x"] * 101}, {"ids": [3]}, {"ids": IDS[2]}),
    *_each(
        "query ($id: ID!) { node(id: $id) { id ... on Comparison { slug } ... on Capability { name } } }",
        *({"id": id} for id in (*IDS, 3, True, None, 1.5)),
    ),
    *_each(
        PAGED,
        {},
        {"first": 0},
        {"first": 3},
        {"first": 100},
        {"first": None, "filter": None, "by": None},
        {"last": 2, "before": encode(["RANK", "DESC", 50.0, 3])},
        {"first": 2, "after": encode(["RANK", "DESC", 50.0, 3])},
        {"first": 2, "after": encode(["NAME", "ASC", "c", 3]), "by": {"field": "NAME", "direction": "ASC"}},
        {"first": 2, "after": encode(["NAME", "ASC", "c", 3])},
        {"first": 2, "after": encode(["RANK", "DESC", "c", 3])},
        {"first": 2, "after": encode_position(3)},
        {"first": 2, "last": 2},
        {"first": -1},
        {"first": 101},
        {"first": 2**31},
        {"first": 1.0},
        {"first": 1.5},
        {"first": True},
        {"first": "3"},
        {"filter": {"kinds": ["MODEL"], "tasks": []}, "first": 2},
        {"filter": {"kinds": "DATASET", "availabilities": ["REMOVED"]}, "first": 2},
        {"filter": {"kinds": ["ROCK"]}},
        {"filter": {"rocks": []}},
        {"filter": {"publishers": ["EleutherAI", "EleutherAI"]}, "by": {"field": "UPDATED_ON"}},
        {"by": {}},
        {"by": {"field": None}},
        {"by": {"field": "RANK", "direction": None}},
    ),
    *_each(ORDERED, {"by": "NAME"}, {"by": None}, {}, {"by": None}, {"by": "WORTH"}),
    # Another document, which first meets what cannot be coerced.
    *_each(f"{ORDERED} ", {"by": None}, {"by": "NAME"}, {}),
    *_each(
        WEIGHTS,
        {},
        {"w": None},
        {"w": {}},
        {"w": {"quality": 1}},
        {"w": {"quality": 1, "adoption": 3}},
        {"w": {"quality": None, "adoption": 3}},
        {"w": {"quality": 0}},
        {"w": {"quality": -1, "adoption": 3}},
        {"w": {"quality": "1"}},
        {"w": {"qualty": 1}},
        {"w": []},
    ),
    *_each(PART, {}, {"q": None}, {"q": 1}, {"q": 1.5}, {"q": -3}, {"q": True}, {"q": "x"}),
    *_each(
        CAPABILITIES,
        {"slug": C4},
        {"slug": C4, "first": 2},
        {"slug": PILE, "first": 2},
        {"slug": PILE, "first": 2, "after": encode_position(1)},
        {"slug": PILE, "first": 2, "after": encode_position(10_000)},
        {"slug": PILE, "first": 2, "query": "text"},
        {"slug": PILE, "query": ""},
        {"slug": PILE, "query": "\0"},
        {"slug": PILE, "first": 101},
        {"slug": PILE, "after": "x"},
        {"slug": "nobody", "after": "x"},
        {"slug": "\0"},
    ),
    *_each(SWITCHED, *({"yes": yes, "no": no} for yes in (True, False) for no in (True, False))),
    *_each(SWITCHED, {}, {"yes": None}, {"no": None}, {"yes": 1}, {"yes": "x"}, {"no": []}),
    *_each(DIRECTED.format(C4), {}, {"b": False}, {"b": None}),
    *_each(DIRECTED.format("nobody"), {}, {"b": None}),
    *_each(LOWER.format(C4), {}, {"b": False}, {"b": None}),
    *_each(LOWER.format("nobody"), {}, {"b": None}),
    *_each(
        "query ($b: Boolean = true) { catalogue { version @skip(if: $b) } __typename }", {}, {"b": None}, {"b": False}
    ),
    *_each('query ($a: String!, $b: String = "c4") { comparison(of: [$a, $b]) { slug } }', {"a": C4}, {"a": PILE}),
    *_each(
        'query ($a: String!, $b: String = "c4") { comparison(of: [$a, $b]) { slug } }',
        {"a": PILE, "b": None},
        {"a": PILE, "b": ALIAS},
        {"a": ["x"], "b": ALIAS},
    ),
    *_each(
        'query ($s: String = "c4") { artifact(slug: $s) { name } }', {}, {"s": PILE}, {"s": None}, {"s": 3}, {"t": 3}
    ),
    Request(TWO, {}, "A"),
    Request(TWO, {"s": C4}, "B"),
    Request(TWO, {}, "B"),
    Request(TWO, {}, "C"),
    Request(TWO, {}),
]
"""The order matters: a request finds what those before it left."""
