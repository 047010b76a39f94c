"""Plain text and Markdown, with or without YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.model import InputError
from tracker.sources.items import NAMES, Item, article_items

MAX_TITLE_LENGTH = 150
FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"#[ \t]+(.*)")
OTHER_NAMES = {"published": ("date", "pubdate", "publishdate"), "publisher": ("source",), "language": ("lang",)}
"""What Jekyll, Hugo and others call the values of an article, used where its own name is missing."""
ABSENT = ("", "~", "null")


def read_text(text: str, path: str) -> Iterator[Item]:
    """Yield the one article of a text. Only line ends and whitespace around title and body are changed."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        yield InputError(path, "is empty")
        return
    try:
        values, body = _front_matter(text.lstrip(), path)
    except InputError as error:
        yield error
        return
    if not values.get("title"):
        title, body = title_line(body.strip(), headings_only=bool(values))
        values["title"] = title
    yield from article_items({**values, "text": body.strip()}, path)


def _front_matter(text: str, path: str) -> tuple[dict[str, str], str]:
    """Return the values of a YAML block at the beginning, {} if there is none, and the text after it."""
    block = FRONT_MATTER.match(text)
    if block is None:
        return {}, text
    import yaml

    try:
        # BaseLoader builds only strings, lists and mappings: nothing can run, and "no" stays a language code
        values = yaml.load(block.group(1), Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "is not YAML"
        raise InputError(path, f"front matter: {what}", mark.line + 2 if mark else None) from error
    except RecursionError as error:
        raise InputError(path, "front matter: is nested too deep") from error
    if not isinstance(values, dict):
        return {}, text  # two horizontal rules with words between them belong to the text
    for name in NAMES:
        if isinstance(values.get(name, ""), list | dict):
            raise InputError(path, f"front matter: {name} is not one value")
    for name, others in OTHER_NAMES.items():
        plain = [values[other] for other in others if isinstance(values.get(other), str)]
        values.setdefault(name, plain[0] if plain else "")
    stated = {name: values[name].strip() for name in NAMES if values.get(name, "").strip() not in ABSENT}
    return stated, text[block.end() :]


def title_line(body: str, *, headings_only: bool = False) -> tuple[str, str]:
    """Split off a headline: a Markdown heading, or a short first line that stands alone and is not a sentence."""
    line, _, rest = body.partition("\n")
    heading = HEADING.fullmatch(line.strip())
    if heading:
        return heading.group(1).strip(" \t#"), rest
    line = line.strip()
    stands_alone = rest.partition("\n")[0].strip() == "" and rest.strip() != ""
    is_headline = len(line) < MAX_TITLE_LENGTH and not line.endswith(".") and any(map(str.isalpha, line))
    if headings_only or not stands_alone or not is_headline:
        return "", body
    return line, rest
