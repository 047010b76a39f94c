"""Web addresses: parsing into host, port and path, joining, and showing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
LONGEST = 8_000  # characters; servers accept no more
UNWANTED = re.compile("[\x00-\x20\x7f-\x9f]")
SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of a web address that a request needs. `host` has no brackets around an IPv6 address."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header: the host, and the port if it is not the default one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority. Rules for robots and rate limits apply to an origin."""
        return f"{self.scheme}://{self.authority}"


def target(url: str) -> Target:
    """The parts of a web address. ValueError with a short reason where it may not be fetched."""
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
    """The address of a link on the page `base`."""
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return location


def one_line(url: str) -> str:
    """The address as one line that can be printed."""
    return UNWANTED.sub("\ufffd", url)


def _ascii(host: str) -> str:
    """The host in ASCII: names in other alphabets are encoded (IDNA)."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError("is no web address: its host is no name of one") from error
