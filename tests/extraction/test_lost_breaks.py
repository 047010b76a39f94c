"""Words that run together where the break of a line was lost."""

from __future__ import annotations

import pytest
from readers import places_read

from tracker.extraction.text.lost_breaks import lost_breaks
from tracker.reader import Reader


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("They fought in the Zerga areaThe brigade left. The area is calm.", ["The brigade"]),
        ("They fought in northern ZergaZerga is calm.", ["Zerga is"]),
        # A word written so on purpose comes again, or its parts are no words of the text.
        ("He paid by BankPost. The post and the bank like BankPost.", []),
        ("He paid by WhatsPay.", []),
        ("Nine died at PostBank. The post and the bank closed.", []),
        # Nor are names on the web, in brackets, or with more than one capital inside.
        ("#StopWar. Stop the war.", []),
        ("(JohnDoe) John and the doe.", []),
        ("www.FreeTarlo.org is free. Tarlo too.", []),
        ("The SaveOurTown group. Save our town.", []),
        ("", []),
    ],
)
def test_lost_breaks(text: str, parts: list[str]) -> None:
    assert [text[at : at + len(part)] for at, part in zip(lost_breaks(text), parts, strict=True)] == parts


def test_a_place_ends_where_its_line_ended(reader: Reader) -> None:
    text = "They raided a house in the Zerga areaThe troops stayed in the area. They killed nine men."
    assert places_read(reader, text) == ["Zerga area"]
