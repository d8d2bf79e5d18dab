"""What the short names of licences stand for that the Hub uses, and other lists after it.

The Hub's `gpl-3.0`, `lgpl-3.0` and `agpl-3.0` do not say whether a later version may be taken, which SPDX does, so
these names stay as they are. So do those of the licences that the makers of models wrote themselves.
"""

from typing import Any

from gateway.catalogue.format import LONGEST_NAME
from gateway.catalogue.importers.adapter import LeftOut
from schema.rules.vocabulary import LicenseUse

SAYS_NOTHING = frozenset(
    {"other", "unknown", "none", "m", "**", "data", "use", "license", "model-license", "custom", "gnu"}
)
"""What stands where a licence should, and names none."""

SPDX = {
    "afl-3.0": "AFL-3.0",
    "apache-2.0": "Apache-2.0",
    "artistic-2.0": "Artistic-2.0",
    "bsd-1-clause": "BSD-1-Clause",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "bsd-3-clause-clear": "BSD-3-Clause-Clear",
    "bsl-1.0": "BSL-1.0",
    "cc-by-2.0": "CC-BY-2.0",
    "cc-by-2.5": "CC-BY-2.5",
    "cc-by-3.0": "CC-BY-3.0",
    "cc-by-3.0-igo": "CC-BY-3.0-IGO",
    "cc-by-4.0": "CC-BY-4.0",
    "cc-by-nc-2.0": "CC-BY-NC-2.0",
    "cc-by-nc-3.0": "CC-BY-NC-3.0",
    "cc-by-nc-4.0": "CC-BY-NC-4.0",
    "cc-by-nc-nd-3.0": "CC-BY-NC-ND-3.0",
    "cc-by-nc-nd-4.0": "CC-BY-NC-ND-4.0",
    "cc-by-nc-sa-2.0": "CC-BY-NC-SA-2.0",
    "cc-by-nc-sa-3.0": "CC-BY-NC-SA-3.0",
    "cc-by-nc-sa-4.0": "CC-BY-NC-SA-4.0",
    "cc-by-nd-4.0": "CC-BY-ND-4.0",
    "cc-by-sa-3.0": "CC-BY-SA-3.0",
    "cc-by-sa-4.0": "CC-BY-SA-4.0",
    "cc0-1.0": "CC0-1.0",
    "cdla-permissive-1.0": "CDLA-Permissive-1.0",
    "cdla-permissive-2.0": "CDLA-Permissive-2.0",
    "cdla-sharing-1.0": "CDLA-Sharing-1.0",
    "ecl-2.0": "ECL-2.0",
    "epl-1.0": "EPL-1.0",
    "epl-2.0": "EPL-2.0",
    "eupl-1.1": "EUPL-1.1",
    "eupl-1.2": "EUPL-1.2",
    "isc": "ISC",
    "lppl-1.3c": "LPPL-1.3c",
    "mit": "MIT",
    "mit-0": "MIT-0",
    "mpl-2.0": "MPL-2.0",
    "ms-pl": "MS-PL",
    "mulanpsl-2.0": "MulanPSL-2.0",
    "ncsa": "NCSA",
    "odbl": "ODbL-1.0",
    "ofl-1.1": "OFL-1.1",
    "osl-3.0": "OSL-3.0",
    "pddl": "PDDL-1.0",
    "postgresql": "PostgreSQL",
    "unlicense": "Unlicense",
    "upl-1.0": "UPL-1.0",
    "wtfpl": "WTFPL",
    "zlib": "Zlib",
}

# Approved by the Open Source Initiative, or Creative Commons licences that allow commercial use and adaptation.
OPEN = frozenset(
    {
        "afl-3.0",
        "agpl-3.0",
        "apache-2.0",
        "artistic-2.0",
        "bsd-1-clause",
        "bsd-2-clause",
        "bsd-3-clause",
        "bsl-1.0",
        "cc-by-2.0",
        "cc-by-2.5",
        "cc-by-3.0",
        "cc-by-3.0-igo",
        "cc-by-4.0",
        "cc-by-sa-3.0",
        "cc-by-sa-4.0",
        "cc0-1.0",
        "ecl-2.0",
        "epl-1.0",
        "epl-2.0",
        "eupl-1.1",
        "eupl-1.2",
        "gpl-2.0",
        "gpl-3.0",
        "isc",
        "lgpl-2.1",
        "lgpl-3.0",
        "lppl-1.3c",
        "mit",
        "mit-0",
        "mpl-2.0",
        "ms-pl",
        "mulanpsl-2.0",
        "ncsa",
        "ofl-1.1",
        "osl-3.0",
        "postgresql",
        "unlicense",
        "upl-1.0",
        "zlib",
    }
)
NON_COMMERCIAL = frozenset(name for name in SPDX if name.startswith("cc-by-nc-"))
RESTRICTED = frozenset(
    {
        "bigcode-openrail-m",
        "bigscience-bloom-rail-1.0",
        "bigscience-openrail-m",
        "creativeml-openrail-m",
        "gemma",
        "llama2",
        "llama3",
        "llama3.1",
        "llama3.2",
        "llama3.3",
        "llama4",
        "openrail",
        "openrail++",
    }
)


def license_name(stated: str) -> str | None:
    """The SPDX name of a licence, or its name as stated where it has none. None where no licence is named."""
    return None if _key(stated) in SAYS_NOTHING else SPDX.get(_key(stated), stated)


def license_use(stated: str) -> LicenseUse | None:
    """What a licence allows, where that is certain from its name."""
    uses = {LicenseUse.OPEN: OPEN, LicenseUse.NON_COMMERCIAL: NON_COMMERCIAL, LicenseUse.RESTRICTED: RESTRICTED}
    return next((use for use, names in uses.items() if _key(stated) in names), None)


def stated_license(stated: object, left_out: LeftOut) -> dict[str, Any]:
    """What a line says of the licence that a record states; nothing where it states none."""
    if stated is not None and not isinstance(stated, str):
        left_out.part("license: no text")
        return {}
    if not stated or not stated.strip():
        return {}
    if not stated.isprintable() or len(stated) > LONGEST_NAME:
        left_out.part("license: not a name")
        return {}
    name = license_name(stated.strip())
    if name is None:
        left_out.part("license: names none")
        return {}
    return {"license": name, "license_use": license_use(stated.strip())}


def _key(stated: str) -> str:
    return stated.lower().replace(" ", "-")
