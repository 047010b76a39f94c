"""Messages on the terminal: removes escape sequences from untrusted text, and prints notes to standard error."""

from __future__ import annotations

import re
import sys

_ESCAPES = r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]?|[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?|.)?"
ESCAPE_SEQUENCE = re.compile(_ESCAPES, re.DOTALL)
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def neutral(text: str) -> str:
    """Return the text on one line, without escape sequences, control characters and bidirectional controls."""
    return " ".join(UNPRINTABLE.sub("", ESCAPE_SEQUENCE.sub("", text)).split())


def tell(what: object) -> None:
    """Print a message on one line of standard error."""
    print(neutral(str(what)), file=sys.stderr, flush=True)
