"""What others do with the same texts: `PYTHON benchmarks/peers.py < texts.json`, called by benchmarks/extraction.py.

In: a JSON list of texts. Out: a JSON object, for each peer that is installed here its rate in MB/s (of UTF-8). Each
reads texts from the first on until SECONDS have passed, so that the slow ones come to an end.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
import warnings
from collections.abc import Callable

SECONDS = 15.0
WORDS = ["killed", "dead", "died", "wounded", "injured", "missing", "displaced", "people", "civilians", "soldiers"]

Reader = Callable[[str], object]


def dateparser_search() -> Reader:
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["en"])


def quantulum3() -> Reader:
    from quantulum3 import parser

    return lambda text: parser.parse(text)


def recognizers_text() -> Reader:
    from recognizers_number import Culture, NumberRecognizer

    model = NumberRecognizer(Culture.English).get_number_model()
    return lambda text: model.parse(text)


def spacy_matcher() -> Reader:
    import spacy
    from spacy.matcher import Matcher

    language = spacy.blank("en")
    matcher = Matcher(language.vocab)
    matcher.add("count", [[{"LIKE_NUM": True}, {"OP": "{0,3}"}, {"LOWER": {"IN": WORDS}}]])
    return lambda text: matcher(language(text))


PEERS = {
    "quantulum3": ("quantulum3", quantulum3),
    "dateparser.search, languages=['en']": ("dateparser", dateparser_search),
    "Recognizers-Text, numbers": ("recognizers_number", recognizers_text),
    "spaCy, blank English and a Matcher": ("spacy", spacy_matcher),
}


def rate(read: Reader, texts: list[str]) -> float:
    """MB/s of texts read one after another until SECONDS have passed."""
    read(texts[0])
    begun, size = time.process_time(), 0
    for text in texts:
        read(text)
        size += len(text.encode())
        if time.process_time() - begun > SECONDS:
            break
    return size / 1e6 / (time.process_time() - begun)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    given = json.load(sys.stdin)
    here = {name: make for name, (module, make) in PEERS.items() if importlib.util.find_spec(module)}
    json.dump({name: rate(make(), given) for name, make in here.items()}, sys.stdout)
