"""Addresses of databases as they may be told: without the passwords in them."""

import re
from urllib.parse import unquote

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

HIDDEN = "***"


def shown(url: str) -> str:
    """An address without its secrets; of one that cannot be read, the scheme at most.

    The password is what stands between the first colon and the last @. A password that should have been quoted may
    make the address say something else to the driver, so where it is not plain what is what, more is hidden.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or not re.fullmatch(r"[A-Za-z][\w+.-]*", scheme):
        return HIDDEN
    place, question, query = rest.partition("?")
    if not _readable(url) or "@" in query or re.search("pass.*=", place, re.IGNORECASE):
        return f"{scheme}://{HIDDEN}"
    user, password, host = _parts(scheme, place)
    if password:
        place = f"{user}:{HIDDEN}@{host}"
    options = "&".join(f"{item.partition('=')[0]}={HIDDEN}" if _secret(item) else item for item in query.split("&"))
    return f"{scheme}://{place}{question}{options}"


def without_secrets(text: str, url: str) -> str:
    """What a driver says of an address, without the secrets of it. Of an ill-written one it may repeat parts."""
    scheme, _, rest = url.partition("://")
    secrets = [_parts(scheme, rest)[1], _parts(scheme, rest.partition("?")[0])[1]]
    secrets += [item.partition("=")[2] for item in re.split("[?&]", rest) if _secret(item)]
    found = {form for secret in secrets for form in (secret, unquote(secret))}
    found |= {part for secret in found for part in re.split(r"\W+", secret)}
    for secret in sorted(found - {""}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", HIDDEN, text)
    return text


def _parts(scheme: str, place: str) -> tuple[str, str, str]:
    """User, password and the rest; the first two are empty where there is no password."""
    user, _, more = place.partition(":")
    password, at, host = more.rpartition("@")
    return (user, password, host) if at and scheme != "sqlite" else ("", "", place)


def _secret(option: str) -> bool:
    return "pass" in unquote(option).lower()


def _readable(url: str) -> bool:
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        return False
    return True
