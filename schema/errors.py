"""The errors of a caller: each has a stable code in `extensions.code`."""

from collections.abc import Sequence

from schema.rules.errors import RuleError


def unknown_artifacts(slugs: Sequence[str], nearest: Sequence[Sequence[str]]) -> RuleError:
    """Names every slug that no artifact has, each with the known ones that are most like it."""
    told = [
        f"{slug!r}" + (f" (did you mean {' or '.join(repr(near) for near in known)}?)" if known else "")
        for slug, known in zip(slugs, nearest, strict=True)
    ]
    return RuleError("UNKNOWN_ARTIFACT", f"No artifact has the slug {', '.join(told)}.")


__all__ = ["RuleError", "unknown_artifacts"]
