"""Builds data/languages/en/words.csv: the plain words of English, from WordNet, by which unknown names are told.

Where capitals tell nothing ("9 killed in clash in Zacam"), a word that no dictionary has is a name. The files of
WordNet come as build_people.py says:
    python .ci/build_words.py /tmp/package/dict

A word is taken in its base form, of whatever part of speech, unless all its senses are individuals ("Bogota").
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from build_people import nouns, senses

TARGET = Path(__file__).parents[1] / "data" / "languages" / "en" / "words.csv"
PLAIN = re.compile(r"[a-z]{3,16}\Z")


def words(folder: Path) -> Iterator[str]:
    """The words, in no order; some come more than once."""
    known = senses(folder)
    for word, offsets in nouns(folder).items():
        if not all(known[offset].individual for offset in offsets):
            yield word
    for part in ("verb", "adj", "adv"):
        yield from nouns(folder, part)


def main() -> None:
    found = sorted({word for word in words(Path(sys.argv[1])) if PLAIN.match(word)})
    with TARGET.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows([("word",), *((word,) for word in found)])
    print(f"{TARGET.name}: {len(found)} words")


if __name__ == "__main__":
    main()
