"""Who is speaking: the headings of whole statements and speeches, and the grammar of statements."""

from __future__ import annotations

import pytest

from tracker.model import Article
from tracker.reader import Reader


def sources(reader: Reader, text: str, title: str = "") -> list[str | None]:
    """The sources of the figures of an article, those of its headline first."""
    return [one.source for one in reader.read(Article(id="test", title=title, text=text, published="2024-03-06"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The heading of a broadcast says whose words all of it is.
        (
            "TARLO, 3 MAR 90 (RADIO) -- [COMMUNIQUE] [GENERAL COMMAND OF THE TARLO FRONT, TF] [TEXT] WE LOST NO ONE. "
            "OUR MEN KILLED 14 SOLDIERS NEAR ADRA.",
            ["GENERAL COMMAND OF THE TARLO FRONT"] * 2,
        ),
        (
            "TARLO, 3 MAR 90 -- [REPORT] [COLONEL OMAR SALAS, CHIEF OF THE STAFF] [TEXT] THE ARMY LOST 12 MEN.",
            ["COLONEL OMAR SALAS"],
        ),
        # Who only wrote a report does not speak in it, nor do the words of the one who wrote it down.
        ("TARLO, 3 MAR 90 -- [REPORT] [ANA RUIZ] [TEXT] TWELVE PEOPLE WERE KILLED.", [None]),
        ("TARLO, 3 MAR 90 -- [REPORT] [ANA RUIZ, ADRA CORRESPONDENT] [TEXT] TWELVE PEOPLE WERE KILLED.", [None]),
        ("[SENTENCE AS HEARD] TWELVE PEOPLE WERE KILLED.", [None]),
    ],
)
def test_a_heading_says_whose_words_a_broadcast_is(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Statement by the governor of Tarlo on the raid", "the governor of Tarlo"),
        ("Remarks by President Ana Ruiz at the summit", "President Ana Ruiz"),
        ("Joint statement from aid agencies regarding the siege", "aid agencies"),
        ("Speech by Defence Minister Omar Haddad to the assembly", "Defence Minister Omar Haddad"),
        ("Statement by no means enough, says union", None),
        ("Minister rejects statement by army on raid", None),
    ],
)
def test_a_headline_says_whose_words_an_article_is(title: str, expected: str | None, reader: Reader) -> None:
    assert sources(reader, "The town of Adra was hit. At least 12 people were killed there.", title) == [expected]
