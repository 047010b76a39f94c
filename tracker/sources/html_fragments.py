"""Converts HTML fragments, as feeds and web services contain them, to plain text."""

from __future__ import annotations

import re

from tracker.sources.page_tree import prepared

BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p"
    " pre section table tr ul".split()
)
UNSEEN = frozenset("audio canvas head iframe noscript object script style svg template textarea video".split())
MARKUP = re.compile(r"<[a-zA-Z!/]|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
SPACES = re.compile(r"[ \t\r\f\v\xa0]{1,1000}")
LINES = re.compile(r" ?\n[ \n]*")


def text_of(fragment: str) -> str:
    """Return the text of an HTML fragment with an empty line between paragraphs. Plain text is returned unchanged."""
    if not MARKUP.search(fragment):
        return fragment.strip()
    from lxml import etree, html  # a dependency of trafilatura

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(f"<div>{fragment}</div>", parser=parser)
    except (etree.LxmlError, ValueError):
        return ""
    prepared(root)
    words: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag
        if event == "start":
            words.append("\n" if name in BLOCKS else "")
            words.append(element.text or "" if name not in UNSEEN else "")
        else:
            words.append("\n" if name in BLOCKS else "\t" if name in ("td", "th") else "")
            words.append(element.tail or "")
    lines = SPACES.sub(" ", "".join(words).replace("\n\n", "\n"))
    return LINES.sub("\n\n", lines).strip()
