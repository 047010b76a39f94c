"""The sentence splitter. Offsets are code points of the article's field and never change."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extraction.text.lost_breaks import lost_breaks

# A longer sentence is cut, so that no later step sees more than this many characters at once.
LONGEST_SENTENCE = 2000
_NUMBERING = re.compile(r"\d{1,3}[.)]")

# A repeated headline is found by so many of its first characters, within so many characters of the text.
HEADLINE_OPENING = 24
HEADLINE_REACH = 200
LONGEST_ABBREVIATION = 40
_PUBLISHER = re.compile(r"\s?\s[-–—|]\s")  # behind a headline: "46 dead in blast - Region - Tarlo Post"
_BEGINS = re.compile(r"\s{0,5}(?:\Z|[^\s\w,;:]|\d|(?=(\w)))")  # what may stand behind a headline in the text

# Each begins with a character class, because `re` searches faster for a class than for alternatives.
# Only the first mark of a run is looked at, so that a run of thousands takes no longer than its length. A blank after
# the mark may be lost: "was hit.At least 12 people", "was hit.12 people", "was hit.17:13Earlier".
_ENDS = (
    r"[.!?\n](?:(?<!\n)(?<![.!?][.!?])[.!?]*[\"'”’»)\]]*(?=\s)"
    r"|(?<=[^\W_A-Z][^\W_A-Z][.!?])(?=[\"“]?[A-Z][A-Za-z]*(?:['’][a-z]*)?[ ,:]|\d{1,2}:\d\d(?!\d)"
    r"|(?<=[^\W\d_A-Z].)\d{1,3}(?:,\d{3})*\s[a-z])"
    r"|(?<=\n)(?:[ \t\r]{0,20}\n|(?=[ \t]{0,20}[-*•·–]\s)%s))"
)
_END = re.compile(_ENDS % "")
_LINE_END = re.compile(_ENDS % r"|(?=[ \t]{0,20}\S)")
_HEAD_OF_LINE = r"(?=\s{0,20}(?:[^\W\d_]|[^\w\s,;:)%-]))"
_UPPER_LINE = re.compile(_ENDS % rf"|{_HEAD_OF_LINE}(?!\s{{0,20}}[a-zа-яёєіїґ])")
_WRAPPED = re.compile(r"\n[ \t]{0,20}[a-zа-яёєіїґ]")
_DASHES = ("-", "–", "—")
_DASH_LINE = re.compile(r"\n[ \t]{0,20}[-–—]\s")
# The end of a line of a list whose entries are counted behind a dash, before another one: "tanks - 2524 (+11)".
_ENTRY = re.compile(r"\d[^\n\d]{0,40}\n(?=[ \t]{0,20}[^\W\d_][^\n\d]{2,60}[‒–—-]\s?(?:\w{1,12}\s)?\d)")
_ADDRESS_MARKS = frozenset("/@")
_ADDRESS = re.compile(r"[/@\\]|\A[\"'(]?www\b", re.I)
SHORTEST_END = 5  # letters of a capitalised word before a full stop without a blank; a shorter one may be a title
_CLOSED = re.compile(r"[.!?:][\"'”’»)\]]*\s*\Z")
_WORD_BEFORE = re.compile(r"[^\s(\"'“‘\[]+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a field: its text and the offset of its first character in the field."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset just after the last character, in the field."""
        return self.start + len(self.text)


def sentences(
    text: str, abbreviations: frozenset[str], headline: str = "", begin: int = 0, lines: bool = False
) -> list[Sentence]:
    """The sentences of `text` from `begin` on, without surrounding white space.

    A full stop after one of the `abbreviations` ends no sentence. If the text repeats its `headline` at its head, the
    headline is a sentence of its own, although no mark ends it. With `lines`, so is a line before one with a capital.
    """
    out: list[Sentence] = []
    for cut in _repeated(text, headline):
        _cut(out, text, begin, cut)
        begin = max(begin, cut)
    ends = _LINE_END if _lines_are_sentences(text) else _UPPER_LINE if lines and not _is_wrapped(text) else _END
    entries = deque([match.end() for match in _ENTRY.finditer(text, begin)] if lines else [])
    for match in ends.finditer(text, begin):
        at, end = match.span()
        while entries and entries[0] <= at:
            _cut(out, text, begin, entries[0])
            begin = max(begin, entries.popleft())
        if lines and text[at] == "\n" and _goes_on_behind_a_dash(text, at):
            continue
        if text[at] != "." or _ends_here(text, at, end, abbreviations):
            _cut(out, text, begin, end)
            begin = end
    for entry in entries:
        _cut(out, text, begin, entry)
        begin = max(begin, entry)
    _cut(out, text, begin, len(text))
    joints = lost_breaks(text)
    return _parted(out, joints) if joints else out


def _parted(held: list[Sentence], joints: Sequence[int]) -> list[Sentence]:
    """The sentences, cut at the offsets where a line break was lost: "in the Tarlo areaThe brigade"."""
    out: list[Sentence] = []
    left = deque(joints)
    for one in held:
        begin = one.start
        while left and left[0] < one.end:
            joint = left.popleft()
            if joint > begin:
                out.append(Sentence(one.text[begin - one.start : joint - one.start], begin))
                begin = joint
        out.append(Sentence(one.text[begin - one.start :], begin) if begin > one.start else one)
    return out


def headline_end(text: str, headline: str) -> int:
    """Where the headline ends that a text repeats at its head; 0 if it does not."""
    return len(headline) if text.startswith(headline) else max(_repeated(text, headline), default=0)


def is_headline(sentence: str, title: str) -> bool:
    """Whether a sentence repeats the title of its article, or all of it but the publisher behind it."""
    bare = sentence.rstrip(" .")
    return title.startswith(bare) and (not title[len(bare) :].strip(" .") or bool(_PUBLISHER.match(title, len(bare))))


def _lines_are_sentences(text: str) -> bool:
    """Whether line breaks end sentences: more than half of the lines end with a mark. Else lines are just wrapped."""
    lines = [line for line in text.split("\n")[:-1] if line.strip()]
    closed = sum(bool(_CLOSED.search(line[-12:])) for line in lines)
    return len(lines) > 1 and closed * 2 > len(lines)


def _is_wrapped(text: str) -> bool:
    """Whether most lines go on in the middle of a sentence."""
    return 2 * len(_WRAPPED.findall(text)) > text.count("\n")


def _goes_on_behind_a_dash(text: str, at: int) -> bool:
    """Whether the line behind the break at `at` goes on behind a dash, and is no entry of a list: a post breaks its
    lines at links ("Shelling of the town\n- two dead") and before who says so ("two dead\n– the mayor").
    """
    dash = _DASH_LINE.match(text, at)
    line = text[text.rfind("\n", 0, at) + 1 : at].strip()
    if dash is None or not line or line.startswith(_DASHES) or _CLOSED.search(line[-12:]):
        return False
    following = text.find("\n", dash.end())
    return following < 0 or not text[following : following + LONGEST_ABBREVIATION].lstrip().startswith(_DASHES)


def _repeated(text: str, headline: str) -> tuple[int, ...]:
    """The start and end of a headline that is repeated near the head of the text; empty if it is not."""
    opening = headline[:HEADLINE_OPENING]
    begin = text.find(opening, 0, HEADLINE_REACH) if len(opening) == HEADLINE_OPENING else -1
    if begin < 0:
        return ()
    same = len(headline) if text.startswith(headline, begin) else 0
    while same < len(headline) and begin + same < len(text) and headline[same] == text[begin + same]:
        same += 1
    if same * 3 < len(headline) * 2:
        bare = any(_PUBLISHER.match(headline, at) for at in (same, max(0, same - 1)))
        behind = _BEGINS.match(text, begin + same)
        if not bare or behind is None or (behind[1] or "").islower():
            return ()
    end = begin + same
    while end > begin and end < len(text) and not text[end].isspace() and text[end] not in ".":
        end -= 1
    return (begin, end)


def _ends_here(text: str, at: int, end: int, abbreviations: frozenset[str]) -> bool:
    """Whether the full stop at `at` ends a sentence, and not only an abbreviation or an initial."""
    before = text[max(0, at - LONGEST_ABBREVIATION) : at].split()
    word = before[-1].lower() if before and not text[at - 1].isspace() else ""
    if end < len(text) and not text[end].isspace() and _is_address_or_title(text, at, before[-1] if word else ""):
        return False
    if not word.isalnum() and (bare := _WORD_BEFORE.search(word)) is not None:
        word = bare.group()
    if word in abbreviations or (len(word) == 1 and word.isalpha()):
        return False
    return not text[end : end + 3].lstrip()[:1].islower()


def _is_address_or_title(text: str, at: int, word: str) -> bool:
    """Whether a full stop without a blank after it stands in an address or after a title: "www.Acme.Org", "Sh.Ali"."""
    short = len(word) < SHORTEST_END and word[:1].isupper()
    return short or bool(_ADDRESS.search(word)) or text[at + 1 : at + 2] in _ADDRESS_MARKS


def _cut(out: list[Sentence], text: str, begin: int, end: int) -> None:
    """Appends the text between two offsets as one sentence, or as several if its length is hostile."""
    while begin < end:
        stop = end
        if end - begin > LONGEST_SENTENCE:
            blank = text.rfind(" ", begin, begin + LONGEST_SENTENCE)
            stop = blank if blank > begin else begin + LONGEST_SENTENCE
        piece = text[begin:stop].lstrip()
        bare = piece.rstrip()
        if bare and (len(bare) > 1 or bare.isalnum()) and not _NUMBERING.fullmatch(bare):
            # a mark or the number of a list alone says nothing, and hostile text has many
            out.append(Sentence(bare, stop - len(piece)))
        begin = stop
