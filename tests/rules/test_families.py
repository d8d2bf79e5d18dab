"""Every kind has its family."""

from schema.rules.families import FAMILIES, family
from schema.rules.vocabulary import ArtifactKind


def test_every_kind_stands_in_exactly_one_family() -> None:
    assert sorted(kind for kinds in FAMILIES for kind in kinds) == sorted(ArtifactKind)
    assert all(kind in family(kind) for kind in ArtifactKind)
