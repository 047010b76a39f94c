"""What a web address says: the host to ask, the port, and what to ask it for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
LONGEST = 8_000  # characters; servers take no more
UNWANTED = re.compile("[\x00-\x20\x7f-\x9f]")
SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of a web address that a request needs; `host` without the brackets of an IPv6 address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the request names as its host: with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: whom rules for robots and rates are for."""
        return f"{self.scheme}://{self.authority}"


def target(url: str) -> Target:
    """The parts of a web address. ValueError, with the reason in a few words, where it is none that may be fetched."""
    if len(url) > LONGEST:
        raise ValueError("is too long for a web address")
    if UNWANTED.search(url):
        raise ValueError("is no web address: it holds spaces or control characters")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise ValueError("is no web address") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise ValueError("is no web address: only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user name or password: addresses with these are not fetched")
    if not host or port == 0:
        raise ValueError("is no web address: it names no host")
    query = f"?{quote(parts.query, safe=SAFE + '?')}" if parts.query else ""
    return Target(scheme, _ascii(host), port or PORTS[scheme], (quote(parts.path, safe=SAFE) or "/") + query)


def joined(base: str, location: str) -> str:
    """The address that a link on a page of the address `base` leads to."""
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return location


def one_line(url: str) -> str:
    """The address as it can be shown."""
    return UNWANTED.sub("\ufffd", url)


def _ascii(host: str) -> str:
    """The host as it is asked for: names in other alphabets in their ASCII form."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError("is no web address: its host is no name of one") from error
