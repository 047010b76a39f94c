"""Names of publishers (data/gazetteers/publishers.csv): spellings and domains to one name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from tracker.knowledge.files import read_csv, split
from tracker.knowledge.own_names import NamedPublisher
from tracker.model import Article

FILE = "gazetteers/publishers.csv"
LONGEST = 200  # characters of a name that are looked at
PARTS = re.compile(r"\s[|·•:–—-]\s|\|")
"""Separators between the name of a newspaper and the other words of a page title: "BBC News - Home"."""


@dataclass(frozen=True, slots=True)
class Publishers:
    """All known publishers by every spelling, in lower case, and by the domains of their addresses."""

    by_name: dict[str, str]
    by_domain: dict[str, str]

    def name(self, stated: str, url: str = "") -> str:
        """The one name of a stated publisher; an unknown one is returned unchanged.

        If none is stated, it is the publisher of the address's domain, or "".
        """
        if not stated.strip():
            return self._of_domain(_host(url)) or stated
        known = (self._known(part) for part in (stated[:LONGEST], *PARTS.split(stated[:LONGEST])))
        return next(filter(None, known), stated)

    def named(self, article: Article) -> Article:
        """The article with the one name of its publisher."""
        name = self.name(article.publisher, article.url)
        return article if name == article.publisher else replace(article, publisher=name)

    def of_name(self, words: str) -> str:
        """The one name of the publisher that words spell; "" if they spell none."""
        return self.by_name.get(_key(words), "")

    def _known(self, words: str) -> str | None:
        return self.by_name.get(_key(words)) or self._of_domain(_host(words))

    def _of_domain(self, host: str) -> str | None:
        """The publisher of a host. A subdomain without an entry of its own belongs to that of its parent domain."""
        labels = host.split(".")[-6:]
        return next(
            (name for at in range(len(labels) - 1) if (name := self.by_domain.get(".".join(labels[at:])))), None
        )


def load_publishers(own: Sequence[NamedPublisher] = ()) -> Publishers:
    """The publishers of data/ and the user's own, which take precedence; KnowledgeError if the file is wrong.

    An own entry takes over all spellings and domains of the entry of data/ that it names, by name or by alias.
    """
    overruled = {_key(spelling): one.name for one in own for spelling in one.spellings}
    by_name: dict[str, str] = {}
    by_domain: dict[str, str] = {}
    for one in (*_shipped(), *own):
        name = overruled.get(_key(one.name), one.name)
        by_name |= {_key(spelling): name for spelling in one.spellings}
        by_domain |= dict.fromkeys(one.domains, name)
    return Publishers(by_name | overruled, by_domain)


def _shipped() -> Iterator[NamedPublisher]:
    for row in read_csv(FILE, ("name", "aliases", "domains")):
        yield NamedPublisher(row["name"], (row["name"], *split(row["aliases"])), split(row["domains"]))


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


def _host(words: str) -> str:
    """The host of an address, or of a text that looks like one ("www.bbc.co.uk"); "" for anything else."""
    text = words.strip().lower()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host if re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", host) else ""
