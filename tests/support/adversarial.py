"""120 texts that nobody writes, each made of one short piece that repeats, to any length."""

from __future__ import annotations

MARKS = (".", "!", "?", ",", ";", ":", "-", "\u2014", "/", "'", '"', "\u201c", "(", "[", "<", "*", "#", "|")
SPACED = (". ", "! ", "? ", ", ", "; ", " )", '" ', "\u201c \u201d ", ".\n", "\n\n", "\n- ", "\n* ", "\n1. ")
UNSEEN = ("\u200b", "\u00ad", "\u2060 ", "\ufeff", "\u202e", "\u00a0", "\t", "\n \n", "a\u0301 ", "\U0001f480 ")
NUMBERS = (
    *("9", "1,", "1.", "12 ", "1,200 ", "3-", "12/", "12 people ", "twenty ", "twenty-", "hundred ", "million ", "a "),
    *("dozens of ", "at least ", "between 3 and ", "12% ", "$12 ", "No. 12 ", "1\u00b7"),
)
HARM = (
    *("killed ", "wounded 12 ", "killed 12 ", "12 killed ", "12 dead, ", "killed 12, wounded 3, ", "were killed and "),
    *("12 people were killed ", "12 were killed. ", "killing 12 ", "killing 12, including 3 ", "the death of the "),
    *("12 killed\n", "killed: 12\n", "including 3 children ", "no one was killed. ", "did not kill 12 ", "dead "),
)
PLACES = ("in Idlib ", "in Idlib, Syria, ", "Aleppo, ", "Paris ", "north of ", "Syria's ", "United ", "the town of ")
DATES = (
    "on Monday ",
    "Monday ",
    "March ",
    "since March ",
    "March 12, ",
    "2012 ",
    "12 March 2012, ",
    "yesterday ",
    "ago ",
)
SPEECH = (
    *("said ", "police said ", "according to ", "Abu Omar ", "Dr. ", "the ministry ", '"12 killed," he said. '),
    *("activists said on Monday that ",),
)
WORDS = ("and ", "of ", "the ", "who ", "that ", "to ", "he ", "A ", "x", "aB", "A.B. ", "\u4eba")
LINES = (
    "12 KILLED IN IDLIB\n",
    "ALEPPO: 12 KILLED, 3 WOUNDED\n\n",
    "\n  - 12 killed\n    - 3 wounded",
    "Killed | 12 |\n",
)

SHAPES = (*MARKS, *SPACED, *UNSEEN, *NUMBERS, *HARM, *PLACES, *DATES, *SPEECH, *WORDS, *LINES)
"""The pieces that repeat."""

LEAD = "DAMASCUS (Reuters) - At least 12 people were killed in Aleppo on Monday, police said. "
END = " Three people were killed in Homs on Tuesday, activists said."


def adversarial(piece: str, size: int) -> str:
    """A text of about this many characters: a sentence of news, a piece that repeats, and another sentence."""
    return LEAD + piece * (size // len(piece)) + END
