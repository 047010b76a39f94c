"""IP addresses: which ones are public, and may therefore be connected to."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Resolver = Callable[[str, int], list[str]]
"""From a host name and a port to its addresses as texts; raises OSError where there are none."""

NOT_PUBLIC_4 = tuple(
    map(
        ip_network,
        # shared by providers, protocol assignments, relays of 6to4, and what IANA reserves: what `is_global` says of
        # them differs between versions of Python
        ("100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"),
    )
)
GLOBAL_6 = ip_network("2000::/3")
"""All that IANA gives out as global unicast; what leads to an IPv4 address by other ways lies outside or below."""

NOT_PUBLIC_6 = tuple(
    map(
        ip_network,
        # protocol assignments with Teredo, documentation, and 6to4, which hides an IPv4 address
        ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
NAT64 = ip_network("64:ff9b::/96")
"""How networks without IPv4 reach an IPv4 address, which is in the last 32 bits (RFC 6052)."""


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host from the system's resolver, each once. OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an IP address, as text, belongs to the public internet.

    False for private, loopback, link-local, multicast, reserved and unspecified addresses, and for those that contain
    an IPv4 address (mapped, 6to4, Teredo). For NAT64 the contained address decides.
    """
    try:
        parsed = ip_address(address)
    except ValueError:  # not an address
        return False
    if isinstance(parsed, IPv4Address):
        return _is_public_4(parsed)
    return _is_public_6(parsed)


def _is_public_4(address: IPv4Address) -> bool:
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in NOT_PUBLIC_4)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address in NAT64:
        return _is_public_4(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in GLOBAL_6 and not any(address in network for network in NOT_PUBLIC_6)
