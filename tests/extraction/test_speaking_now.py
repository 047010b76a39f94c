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
            ["GENERAL COMMAND OF THE TARLO FRONT, TF"] * 2,
        ),
        (
            "TARLO, 3 MAR 90 -- [REPORT] [COLONEL OMAR SALAS, CHIEF OF THE STAFF] [TEXT] THE ARMY LOST 12 MEN.",
            ["COLONEL OMAR SALAS"],
        ),
        # Who only wrote a report does not speak in it, nor do the words of the one who wrote it down.
        ("TARLO, 3 MAR 90 -- [REPORT] [ANA RUIZ] [TEXT] TWELVE PEOPLE WERE KILLED.", [None]),
        ("TARLO, 3 MAR 90 -- [REPORT] [ANA RUIZ, ADRA CORRESPONDENT] [TEXT] TWELVE PEOPLE WERE KILLED.", [None]),
        # A recording in a report, and its end.
        (
            "TARLO, 3 MAR 90 -- [REPORT] [TEXT] [BEGIN RECORDING] [SALAS, MEMBER OF THE UNION] THEY KILLED 3 NURSES. "
            "[END RECORDING] SOLDIERS HAVE ARRESTED 30 FARMERS.",
            ["SALAS", None],
        ),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A verb behind "be" has its subject before that.
        ("Malian activists are reporting that at least 65 bodies have been found.", ["Malian activists"]),
        ("The mayor's office has been reporting 12 deaths.", ["The mayor's office"]),
        ("Doctors are putting the death toll at 30.", ["Doctors"]),
        ("Shells struck without warning, police killed 12 rebels and left.", [None]),
        ("The monitor had initially given a death toll of 34 farmers.", ["The monitor"]),
        ("The president has given his country a respite after wars that killed 900 people.", [None]),
        # Verbs that state something only before "that".
        ("The rebels boasted that they had killed 40 soldiers.", ["The rebels"]),
        (
            "The president demanded that the rebels release the 40 fishermen whom they have kidnapped.",
            ["The president"],
        ),
        ("The court ruled that 12 people had been killed unlawfully.", ["The court"]),
        ("Officials have determined that 31 people were kidnapped.", ["Officials"]),
        ("The rebels claimed the attack, announcing that 12 soldiers had been killed.", ["The rebels"]),
        ("The front is claiming that 12 soldiers were killed.", ["The front"]),
        # A name at the end of a sentence without a comma before it.
        ("Rockets hit the camp killing nine people Interfax reported.", ["Interfax"]),
        ("Rockets also wounded 25 others Omar Haddad told Reuters.", ["Omar Haddad"]),
        ("Rockets hit a camp and killed nine people, Tarlo Watch reported on Monday.", ["Tarlo Watch"]),
        ("The Front fired at the Malian town of Adra killing nine people Sonrik reported.", ["Sonrik"]),
        ("No deaths in Adra were reported.", [None]),
        # What stands before the name only tells whose the place is.
        (
            "Planes hit a village held by the Islamic State group in eastern Mali, killing 12 a monitor said.",
            ["a monitor"],
        ),
        ("Twelve people died in an airstrike Libyan officials said.", ["Libyan officials"]),
        # Who is told something behind the verb.
        ("Twelve farmers have been killed, health workers in the town tell the BBC.", ["health workers in the town"]),
        # A paper that cites somebody at the head of the sentence.
        ("Citing hospital sources, the paper wrote that 45 people had died.", ["hospital sources"]),
        # What is said of another matter begins behind the verb.
        ("At the camp where 13 people were killed, residents said similar raids had become common.", [None]),
        ("Thirteen people were killed, residents said by telephone.", ["residents"]),
        # The toll of a well-known event, and some of its dead, are told by who speaks.
        (
            "The Israeli government said the toll of the Hamas attack of 7 October had reached 1,150 people killed.",
            ["The Israeli government"],
        ),
        # Two bodies that speak together.
        (
            "Rebel fire killed four farmers, a Geneva-based monitor and a doctor said.",
            ["a Geneva-based monitor and a doctor"],
        ),
        ("The mayor and two nurses said 12 people were killed.", ["The mayor and two nurses"]),
        # A body that is cited for a number and its parts.
        (
            "Shells have killed at least 66 farmers including 13 children, according to the monitor, and hit a school.",
            ["the monitor", "the monitor"],
        ),
        ("Twelve people died; according to the mayor, 30 were hurt.", [None, "the mayor"]),
    ],
)
def test_the_grammar_of_statements(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected
