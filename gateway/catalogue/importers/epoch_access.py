"""Whether one can get the models that Epoch AI knows, and where on the Hugging Face Hub it says that they are."""

import re
from typing import Any

from gateway.catalogue.importers.wording import capability, kebab
from schema.rules.vocabulary import Availability, LicenseUse

WEIGHTS = {
    "Open weights (unrestricted)": (LicenseUse.OPEN, "for any use"),
    "Open weights (restricted use)": (LicenseUse.RESTRICTED, "with limits on what it may be used for"),
    "Open weights (non-commercial)": (LicenseUse.NON_COMMERCIAL, "for uses that are not commercial"),
}
HOSTED = {
    "API access": capability(
        "api-access", "Use over an API", "Epoch AI has it as usable over an API.", ["hosted", "api-access"]
    ),
    "Hosted access (no API)": capability(
        "hosted-access", "Use on its maker's site", "Epoch AI has it as hosted, without an API.", ["hosted"]
    ),
}
"""Says nothing of what a licence allows, nor of whether anyone can sign up."""
NOT_GIVEN_OUT = "Unreleased"
"""Was never handed out, which is not the same as removed."""
ADDRESS = re.compile(r"https?://[^\s,;()]+")
ON_HUB = re.compile(r"https?://huggingface\.co/(?P<id>[\w.-]+/(?P<name>[\w.-]+))/?", re.ASCII)


def known_access(stated: str) -> bool:
    """Whether what Epoch AI says of access is one of its words."""
    return stated in WEIGHTS or stated in HOSTED or stated == NOT_GIVEN_OUT


def access_fields(stated: str) -> dict[str, Any]:
    """What a line says of access where the weights are handed out; nothing otherwise."""
    if stated not in WEIGHTS:
        return {}
    return {"availability": Availability.AVAILABLE, "license_use": WEIGHTS[stated][0]}


def access_capabilities(stated: str) -> list[dict[str, Any]]:
    """How one can use a model, as a capability."""
    if stated in WEIGHTS:
        said = f"Epoch AI has its weights as handed out {WEIGHTS[stated][1]}."
        return [capability("open-weights", "Open weights", said, ["open-weights", "self-hosting"])]
    return [HOSTED[stated]] if stated in HOSTED else []


def addresses(stated: str) -> list[str]:
    """The addresses in a cell, which may hold several, one without `https://`, or a note that it is broken."""
    if "broken" in stated.lower():
        return []
    found = [address.rstrip(".") for address in ADDRESS.findall(stated)]
    bare = stated.strip()
    return found or ([f"https://{bare}"] if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+/\S+", bare) else [])


def hub_ids(links: list[str], name: str) -> tuple[list[str], int]:
    """The ids on the Hub that links lead to and that have a model's name, and how many links have another.

    Spaces, signs and capitals aside, the name has to be the same: a link can lead to a relative of the model.
    """
    found = [match for link in links if (match := ON_HUB.fullmatch(link))]
    same = list(dict.fromkeys(match["id"] for match in found if kebab(match["name"]) == kebab(name)))
    return same, sum(kebab(match["name"]) != kebab(name) for match in found)
