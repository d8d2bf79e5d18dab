"""Documents are found to be valid, or not and why, exactly as graphql-core finds them."""

from pathlib import Path
from random import Random

import pytest
from graphql import GraphQLSyntaxError, Lexer, Source, TokenKind, parse, specified_rules, validate

from gateway.validating import validated
from schema.build import core_schema

DOCUMENTS = [path.read_text() for path in sorted(Path(__file__).parent.glob("*.graphql"))]
WRONG = [
    "type A { a: Int } { catalogue { version } }",
    "query A { catalogue { version } } query A { catalogue { version } }",
    "{ catalogue { version } } query A { catalogue { version } }",
    "subscription { a b }",
    "mutation { a }",
    "query ($a: Nothing) { catalogue { version } } fragment A on Nothing { a }",
    "{ ...A } fragment A on ArtifactKind { a ... on Int { a } }",
    "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
    "{ catalogue { version { a } } artifacts }",
    "{ nothing catalog { version } }",
    "{ ...A } fragment A on Query { catalogue { version } } fragment A on Query { catalogue { version } }",
    "{ ...A }",
    "{ catalogue { version } } fragment A on Query { catalogue { version } }",
    '{ artifact(slug: "a") { ... on Query { catalogue { version } } } }',
    "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A ...B }",
    "query ($a: Int, $a: Int) { artifacts(first: $a) { totalCount } }",
    "query ($a: Int) { artifacts(first: $b) { totalCount } ...A } fragment A on Query { artifacts(first: $c) { a } }",
    "query ($a: Query, $b: String = 1) { artifacts(first: $b) { totalCount } }",
    "query @nothing @skip(if: true) { catalogue @skip(if: true) @skip(if: false) @include(unless: 1) { version } }",
    '{ artifact(slug: "a", slug: "b", slugs: "c") { slug } b: artifact { slug } }',
    "{ artifacts(first: {a: 1}, filter: {kinds: [MODEL, NONE], kinds: 1, nothing: {a: 1, a: 2}}) { totalCount } }",
    '{ a: artifact(slug: "a") { slug } a: artifact(slug: "b") { slug: name } }',
    "{ catalogue { version @skip ... @include(if: 1) { version } ... on Nothing { a } } }",
    "{" + " a" * 150 + "}",
]


def check(text: str) -> bool:
    """Whether a document is valid, having compared all that is said of it."""
    document = parse(text)
    expected = [error.formatted for error in validate(core_schema(), document)]
    assert [error.formatted for error in validated(document)] == expected
    return not expected


@pytest.mark.on_sqlite
def test_what_is_wrong_is_told_as_graphql_core_tells_it() -> None:
    assert not any(check(text) for text in WRONG)
    assert all(check(text) for text in DOCUMENTS)


@pytest.mark.on_sqlite
def test_whatever_becomes_of_a_document() -> None:
    random = Random(5)
    seen = {True: 0, False: 0}
    for text in (*DOCUMENTS, *WRONG[:-1]):
        for _ in range(100):
            tokens = words(text)
            for _ in range(random.randint(1, 3)):
                at, other = random.randrange(len(tokens)), random.randrange(len(tokens))
                tokens[at : at + random.randint(0, 1)] = tokens[other : other + random.randint(0, 2)]
            try:
                seen[check(" ".join(tokens))] += 1
            except GraphQLSyntaxError:
                continue
    assert min(seen.values()) > 50, seen


def words(text: str) -> list[str]:
    """The tokens of a document, as they are written."""
    lexer, found = Lexer(Source(text)), []
    while (token := lexer.advance()).kind is not TokenKind.EOF:
        found.append(text[token.start : token.end])
    return found


@pytest.mark.on_sqlite
def test_each_rule_has_a_wrong_document() -> None:
    schema = core_schema()
    unused = {rule.__name__ for rule in specified_rules if not any(validate(schema, parse(t), [rule]) for t in WRONG)}
    # There are no subscriptions here, and no answers that come in parts.
    assert {name for name in unused if "Subscription" not in name and "Stream" not in name} == set()
