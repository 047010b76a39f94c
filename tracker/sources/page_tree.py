"""Prepares the tree of a web page: what a person does not read as text is taken out or written as text.

Struck-out text goes, raised footnotes go, fractions become one sign, lists inside cells become paragraphs, and where a
page tells both its publication and its last change, the change goes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

STRUCK = frozenset({"del", "s", "strike"})
STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,80}line-through", re.IGNORECASE)
FOOTNOTE = re.compile(r"\s*[\[(]?[\d,;\s*†‡§–-]{1,12}[\])]?\s*|\s*[\[(]?[a-z][\])]?\s*")
POWER = re.compile(r"[×x]\s*10\Z")
DENOMINATOR = re.compile(r"\s*[/⁄]\s*\Z")
IN_CELLS = {"ul": "div", "ol": "div", "dl": "div", "li": "p", "dd": "p", "dt": "p"}
CHANGED = re.compile(r"\b(?:updated|modified|corrected|amended|edited|revised)\b", re.IGNORECASE)
PUBLISHED = re.compile(r"\b(?:(?:first|originally)\s+)?(?:published|posted)\b", re.IGNORECASE)
CHANGED_NAME = re.compile(r"modified|updated|dateModified", re.IGNORECASE)
PUBLISHED_NAME = re.compile(r"publish", re.IGNORECASE)
LONGEST_DATES = 200  # characters of a line that tells when a page was published and changed
FRACTIONS = {tuple(unicodedata.normalize("NFKC", sign).split("⁄")): sign for sign in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
"""The sign of a fraction, by its upper and its lower number."""


def prepared(root: Any) -> Any:
    """The tree of a page or of a fragment, changed as this module says. It is changed in place and returned."""
    published = any(_named(time, PUBLISHED_NAME) for time in root.iter("time"))
    for element in list(root.iter(*STRUCK, "sup", "span", "font", "p", "div", "td", "th", "time")):
        name = element.tag
        if name in STRUCK or STRUCK_STYLE.search(element.get("style") or ""):
            _removed(element)
        elif name == "sup":
            _raised(element)
        elif name in ("td", "th"):
            for inner in element.iter(*IN_CELLS):
                inner.tag = IN_CELLS[inner.tag]
        elif name == "time":
            if published and _named(element, CHANGED_NAME) and not _named(element, PUBLISHED_NAME):
                _removed(element)
        elif name in ("p", "div", "span"):
            _without_change(element)
    return root


def _removed(element: Any, instead: str = "") -> None:
    """Take an element out of its tree, and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    text = instead + (element.tail or "")
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(element)


def _text_before(element: Any) -> str:
    before = element.getprevious()
    return str((element.getparent().text if before is None else before.tail) or "")


def _raised(element: Any) -> None:
    """Take out a raised footnote, and write a fraction or a power of ten as a person would."""
    if element.getparent() is None:
        return
    text = "".join(element.itertext())
    lower = element.getnext()
    if lower is not None and lower.tag == "sub" and DENOMINATOR.match(element.tail or ""):
        sign = FRACTIONS.get((text.strip(), "".join(lower.itertext()).strip()))
        if sign is not None:
            element.tail = ""
            _removed(lower)
            _removed(element, sign)
            return
    if not FOOTNOTE.fullmatch(text):
        return
    _removed(element, f"^{text.strip()}" if POWER.search(_text_before(element)) else "")


def _named(element: Any, names: re.Pattern[str]) -> bool:
    return bool(names.search(f"{element.get('itemprop') or ''} {element.get('class') or ''}"))


def _without_change(element: Any) -> None:
    """Keep of a line like "Updated 20 December. First published 5 March." the part on the publication."""
    text = element.text or ""
    if len(element) or len(text) > LONGEST_DATES:
        return
    change, publication = CHANGED.search(text), PUBLISHED.search(text)
    if change and publication and any(letter.isdigit() for letter in text):
        first = publication.start() < change.start()
        element.text = text[: change.start()] if first else text[publication.start() :]
