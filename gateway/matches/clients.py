"""Who asks, told apart by address alone: other things that a client says of itself it can change for each request."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from gateway.heads import Head

Network = IPv4Network | IPv6Network
HOUSEHOLD = 64
"""How many bits of an IPv6 address one client shares with nobody: it has all addresses that begin with them."""


class Clients:
    """Tells clients apart. Of `proxies`, networks by name, it is believed for whom they ask."""

    def __init__(self, proxies: Sequence[str] = ()) -> None:
        self._proxies = [ip_network(name) for name in proxies]

    def recorded(self, peer: str | None, head: Head) -> str | None:
        """What a client is told apart by; None for one that asks not to be recorded, or that has no address."""
        if b"1" in (head.get(b"dnt"), head.get(b"sec-gpc")):
            return None
        found = _address(peer or "")
        for name in reversed(head.get(b"x-forwarded-for").decode("latin-1").split(",")):
            if found is None or not any(found in network for network in self._proxies):
                break
            before = _address(name.strip())
            if before is None:
                break
            found = before
        if isinstance(found, IPv6Address):
            return str(IPv6Network((found, HOUSEHOLD), strict=False))
        return None if found is None else str(found)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(name)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
