"""Everything that a command prints goes through here: untrusted text loses what would steer a terminal.

Nothing else in the project writes to standard output or standard error (tests/project/test_printing.py); tables of
rich are made of texts that `clean` has passed.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
from collections.abc import Iterable
from typing import NoReturn

WRONG_CALL = 2

_ESCAPES = r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]?|[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?|.)?"
ESCAPE_SEQUENCE = re.compile(_ESCAPES, re.DOTALL)
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
LINE_ENDS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return the text without escape sequences, control characters and bidirectional controls.

    Line ends and tabs become blanks, so the result is on one line.
    """
    return UNPRINTABLE.sub("", LINE_ENDS.sub(" ", ESCAPE_SEQUENCE.sub("", text)))


def one_line(text: str) -> str:
    """Return the cleaned text with single blanks between its words."""
    return " ".join(clean(text).split())


def say(what: object) -> None:
    """Print a result on one line of standard output. Blanks at its beginning are kept."""
    print(clean(str(what)), flush=True)


def say_lines(text: str) -> None:
    """Print a result of several lines on standard output, each of them cleaned."""
    for line in text.split("\n"):
        say(line)


def tell(what: object) -> None:
    """Print a message on one line of standard error."""
    print(one_line(str(what)), file=sys.stderr, flush=True)


class Parser(argparse.ArgumentParser):
    """A parser of command lines that reports a wrong call in one line."""

    def error(self, message: str) -> NoReturn:
        """Report what is wrong, and exit."""
        tell(f"{self.prog}: {message} (see {self.prog} --help)")
        self.exit(WRONG_CALL)


class LogHandler(logging.Handler):
    """Prints log records on standard error, each line cleaned: servers log what strangers send."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record, with its traceback if it has one."""
        for line in self.format(record).split("\n"):
            print(clean(line), file=sys.stderr, flush=True)


def write_data(chunks: Iterable[bytes]) -> None:
    """Write data (CSV, JSON Lines) to standard output.

    A file or another program gets every byte. On a terminal, where a person looks at it, it is cleaned line by line.
    """
    is_terminal = sys.stdout.isatty()
    sys.stdout.flush()  # what was printed before stands before
    for chunk in chunks:
        if is_terminal:
            lines = chunk.decode("utf-8", "replace").split("\n")
            sys.stdout.write("\n".join(map(clean, lines)))
        else:
            sys.stdout.buffer.write(chunk)
