"""Who vouches for a figure: how far statements reach, what goes on from them, and whom words and pronouns name."""

from __future__ import annotations

import pytest

from tracker.model import Article
from tracker.reader import Reader


def sources(reader: Reader, text: str, title: str = "") -> list[str | None]:
    """The sources of the figures of a text."""
    return [one.source for one in reader.read(Article(id="test", title=title, text=text, published="2024-03-06"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is said stands behind the verb, and what is before it is told by the text itself.
        ("Besides the 30 people killed, the mayor said that two bridges had fallen.", [None]),
        ("In the camp where 12 people were killed on Monday, residents said the raids had become frequent.", [None]),
        ("The minister deplored a blast that left 18 dead, saying that he would visit the town.", [None]),
        ("The first count had been 15 dead but the agency said it had grown since.", [None]),
        ("Twelve people were killed, the mayor said on Monday, adding that two bridges had fallen.", ["the mayor"]),
        ("Twelve people were killed, the mayor said as he walked through the ruins.", ["the mayor"]),
        ("Twelve people were killed, the mayor said on Telegram.", ["the mayor"]),
        ("Twelve people were killed, the ministry said Tass reported on Monday.", ["the ministry"]),
        # Behind a statement the text may go on in its own voice.
        ('"We will win," the general said, as the army mourned 12 soldiers killed on Monday.', [None]),
        ("The general said, as he left the town, that 12 soldiers had been killed.", ["The general"]),
        ('"It was loud," said a nurse who had fled the raid that killed 12 people.', [None]),
        ('"They shot at us," said a nurse who said 12 people were killed.', ["a nurse"]),
        ("It was the worst raid, killing 12 people, since the minister announced the truce.", [None]),
    ],
)
def test_how_far_a_statement_reaches(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ruiz says she stays on as bombs kill 18", [None]),
        ("Ruiz says as many as 40 died", ["Ruiz"]),
        ("Army says it struck a depot; Malians report 35 dead", ["Malians"]),
        ("Bombs kill 11 in Tarlo; Rescuers say nobody survived the crash", [None]),
        ("Bombs kill dozens in Tarlo Monitor group - Region - World - The Tarlo Post", ["Monitor group"]),
        ("Rebels kill 7 in Tarlo: monitor | Tarlo Post", ["monitor"]),
        ("Blast in Tarlo kills 12 - police", ["police"]),
        ("Rebels claim two soldiers killed in raid", ["Rebels"]),
        ("Bombs hit another U.N.-run school in Tarlo, days after strike on school killed 33", [None]),
        ("Bomb on bus in Damascus claims 6 lives", [None]),
        # The body that closes it stands right behind the number, and before the name of the page.
        ("Bombs on camp near Tarlo kill 12 NGO - World - The Tarlo Post", ["NGO"]),
        ("Bombs on camp near Tarlo kill 12 Governor", ["Governor"]),
        ("Bombs in Tarlo kill 25 State media", ["State media"]),
        ("Bombs on camp near Tarlo kill 12 police", [None]),
        ("Bombs on camp near Tarlo kill one governor", [None]),
    ],
)
def test_who_speaks_in_a_headline(title: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, "", title) == expected


def test_a_text_repeats_its_headline_without_the_name_of_the_page(reader: Reader) -> None:
    title = "Bombs kill 12 near Tarlo market NGO - Region - World - The Tarlo Post"
    text = (
        "Bombs kill 12 near Tarlo market NGO AFP Monday 4 Mar 2024 Rockets killed 12 people in the town a medic said."
    )
    assert sources(reader, text, title) == ["NGO", "NGO", "a medic"]
    goes_on = "Bombs kill 12 near Tarlo market, a medic said on Monday."
    assert sources(reader, goes_on, "Bombs kill 12 near Tarlo market - World - The Tarlo Post")[-1] == "a medic"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said 12 people were killed. Another 30 were wounded.", ["Police", "Police"]),
        ("Police said 12 people were killed. Of them, four were children.", ["Police", "Police"]),
        # Not from another paragraph, from a statement without a figure, or by a word further on.
        ("Police said 12 people were killed.\n\nAnother 30 were wounded in Tarlo.", ["Police", None]),
        ("Police said the road was closed. Another man was killed in Tarlo.", [None]),
        (
            "Police said 12 people were killed. On Monday a bomb killed a man and wounded another.",
            ["Police"] + [None] * 2,
        ),
        ("Police said 12 people were killed. On the other side of town, a bomb killed two men.", ["Police", None]),
    ],
)
def test_what_counts_on_from_the_figure_before(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What happens does not speak, and a name behind the verb does.
        ("Twelve people were killed in a Hamas raid on a farm, Nir Dan, said Avi Cohen, a spokesman.", "Avi Cohen"),
        ("Twelve people were killed in Tarlo, a village, said Ana Ruiz, the mayor.", "Ana Ruiz"),
        ("Ana Ruiz, a lawmaker with the Green party, said rockets hit central Tarlo, killing 12 people.", "Ana Ruiz"),
        ("Hamas' armed wing, the Qassam Brigades, said four Israelis were killed.", "Hamas' armed wing"),
        # Two verbs share a subject.
        ("City officials blamed the rebels and said 12 people were killed.", "City officials"),
        # The passive, and who is named a few words further on.
        (
            "Twelve deaths were reported over the past 24 hours (as of noon) by the health ministry.",
            "the health ministry",
        ),
        # A word of speech inside a name for something else.
        ("Twelve people were killed and their parents were hurt in an alleged army raid.", None),
        ("The man appeared in Tarlo District Court, charged with the murder of 12 people.", None),
        # What is seen and shown.
        ("An AFP photographer in Tarlo saw 12 dead soldiers.", "An AFP photographer in Tarlo"),
        ("Twelve bodies were lying in the yard, photos show.", "photos"),
        # What follows the verb and acts is said; so is what is told when a body heads its clause.
        ("A nurse near Tarlo said hospitals were full and 12 people had died.", "A nurse near Tarlo"),
        (
            "The monitoring group which relies on sources inside Syria said the raid killed 12 men.",
            "The monitoring group",
        ),
        (
            "Brother Emanuel Ruiz who cares for orphans in the region said 15 boys had been killed.",
            "Brother Emanuel Ruiz",
        ),
        (
            "The Tarlo Front a rebel group based outside the country said army jets hit a mill in town and killed 12.",
            "The Tarlo Front",
        ),
        ("Twelve men died in clashes with Tarlo jihadists in the province of Zerga a monitor said.", "a monitor"),
        # "As" opens no aside if nothing else is said there.
        ("Twelve people died, as a Tarlo reporter said.", "a Tarlo reporter"),
        ("Twelve people died, as the army said it had left the town.", None),
        # Who spoke before may speak with a verb that often means something else.
        ("Colonel Graciano Ruiz of the police said the fire was out. Ruiz put the toll at 12 dead.", "Ruiz"),
        # Harm that is only mourned has no source, but what somebody says about it has.
        ("The minister condemned the killing of 12 people.", None),
        ("The police chief said officers were investigating the murder of two nurses.", "The police chief"),
    ],
)
def test_who_speaks(text: str, expected: str | None, reader: Reader) -> None:
    assert sources(reader, text)[0] == expected


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # Two bodies that speak together are neither of the two.
        (
            "Twelve people were killed, according to Palestinian and Israeli officials.",
            "Palestinian and Israeli officials",
            "Palestinian and Israeli officials",
        ),
        (
            "Ukrainian and Russian officials said 12 people were killed in Donetsk.",
            "Ukrainian and Russian officials",
            "Ukrainian and Russian officials",
        ),
        # What follows a body and a comma is no apposition if it is a clause.
        (
            "According to the Israeli embassy, the Israeli army lost 12 soldiers in Gaza.",
            "the Israeli embassy",
            "Israeli embassy",
        ),
        ("Twelve people died, according to Ana Ruiz, the health minister.", "Ana Ruiz", "Ana Ruiz"),
        # The United Nations as a whole, though an office of it keeps the count.
        ("The UN said 800,000 people had been displaced in Gaza since 7 October 2023.", "The UN", "United Nations"),
        ("OCHA said 800,000 people had been displaced in Gaza since 7 October 2023.", "OCHA", "UN humanitarian office"),
    ],
)
def test_names_of_sources(text: str, words: str, name: str, reader: Reader) -> None:
    figure = reader.read(Article(id="test", title="", text=text, published="2024-03-06"))[0]
    assert (figure.source, figure.source_name) == (words, name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "He" is a person, and no ministry or station named in another paragraph.
        (
            "State broadcaster Lum said 40 people had died.\n\nHe said dozens were killed in Tarlo.",
            ["State broadcaster Lum", None],
        ),
        (
            "Abu Said, a spokesman for the rebels, said the town had fallen.\n\n"
            "The White House said 11 Americans died.\n\n"
            "He claimed that the bombing had killed four hostages.",
            ["The White House", "Abu Said"],
        ),
        (
            "Omar Haddad runs the Tarlo Centre. The Tarlo Centre said 12 had died. He said 30 were hurt.",
            ["The Tarlo Centre"] * 2,
        ),
    ],
)
def test_pronouns(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A straight mark opens and closes a quotation as the curly ones do, within its paragraph.
        ('A colonel told AFP: "The shell fell on us. At least four died on the spot."', ["A colonel"]),
        ("A colonel told AFP: “The shell fell on us. At least four died on the spot.”", ["A colonel"]),
        ('A colonel, who was there, told AFP: "The shell fell on us. At least four died."', ["A colonel"]),
        ('A colonel told AFP it was "a shell". At least four died on the spot.', [None]),
        ('A colonel told AFP: "The shell fell on us.\n\nAt least four died on the spot.', [None]),
        ('A colonel said the 5" gun had fired. At least four died on the spot.', [None]),
        # Whose it is may follow at its end.
        ('Police closed the road. "We ran away. At least four died. It was loud," said Omar Haddad.', ["Omar Haddad"]),
        ('"They shelled us," Omar Haddad said. "We ran. At least four died. It was loud."', ["Omar Haddad"]),
        # A speaker introduced by a colon.
        (
            'Here is Ana Ruiz, a spokesperson for UNICEF:\n\n"The town is empty. At least four children died."',
            ["Ana Ruiz"],
        ),
    ],
)
def test_quotations_over_several_sentences(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A body and a date in brackets vouch for what is before them in the paragraph, back to the ones before.
        (
            "Floods displaced 25,000 people (UNICEF 23/05/2021). Ten died. A bridge fell (OCHA 25/05/2021).",
            ["UNICEF", "OCHA"],
        ),
        ("Ten people died.\n\nA bridge fell (OCHA 25/05/2021).", [None]),
        ("Police said ten people had died. A bridge fell (OCHA 25/05/2021).", ["Police"]),
        ("A bomb killed 12 people in Tarlo (Friday, 23 May 2021).", [None]),
        ("A bomb killed 12 people in Homs (Syria, May 2013).", [None]),
    ],
)
def test_references_in_brackets(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Where a body spoke is no part of its name, and does not hide it.
        ("Twelve people were killed, said the mayor in a statement on Monday.", ["the mayor"]),
        ("The ministry in a statement said 12 people had died.", ["The ministry"]),
        ("Twelve people were killed, the police spokesman, Omar Haddad, said at a briefing.", ["the police spokesman"]),
        # Who stands beside a place, a bracket or a list of what a body has.
        ("Twelve people were killed near the rebel bastion Tarlo a monitor said.", ["a monitor"]),
        ("Twelve men were killed in Ras, a village south of Tarlo said the Tarlo Monitor.", ["the Tarlo Monitor"]),
        ("The Tarlo Rights Centre (TRC) a group of lawyers counted 12 deaths.", ["The Tarlo Rights Centre"]),
        ("The group with a network of sources in Tarlo said 12 people had died.", ["The group"]),
        ("Mali's crisis coordination office said that 12 people had died.", ["Mali's crisis coordination office"]),
        ("ANA RUIZ, A PARTY LEADER, TOLD AFP THAT 12 MEMBERS WERE ARRESTED.", ["ANA RUIZ"]),
        ("A police spokesman, Ali Sani, confirmed the raid but put the dead at nine.", ["A police spokesman"]),
        ("State governor Ana Ruiz, who called the raid a success, gave a toll of 58.", ["State governor Ana Ruiz"]),
        ("Rebels said two had died, with the ministry confirming four deaths.", ["Rebels", "the ministry"]),
        ("Twelve men were killed on the way to Ras, well informed sources said.", ["informed sources"]),
        ("The minister has since put the toll at 15.", ["The minister"]),
        # What is found is stated only with "that"; a count is owned.
        ("The inquiry found that the rebels killed 131 people.", ["The inquiry"]),
        ("Investigators found 12 bodies in a well.", [None]),
        ("By the government's own count, 12 people were killed.", ["the government"]),
        ("The army's figure of 12 dead could not be verified.", ["The army"]),
    ],
)
def test_who_stands_beside_other_words(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The air force said it dropped 6,000 bombs since rebels killed some 1,300 people.", [None]),
        ("The army said that 12 soldiers had died since Monday.", ["The army"]),
        ("The army said that since the raid killed 12 people, four more had died.", [None, "The army"]),
        ("Officials said days after a bomb killed 120 people that the market would reopen.", [None]),
        ("The mayor said hours after the blast that 40 people had been hurt.", ["The mayor"]),
        ("The government announced an offensive following the deaths of nine people.", [None]),
        ("He admitted that they spoke of the siege of the court in 1985, when about 100 people were killed.", [None]),
    ],
)
def test_what_is_only_recalled(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'A teacher told us: "Two girls were killed in the raid." "It also wounded five boys from one family."',
            ["A teacher", "A teacher"],
        ),
        ("A medic said a shell fell. Three died and the medic added that two were hurt.", ["the medic", "the medic"]),
        ("The mayor said a shell fell. Three died, and the army added that it was sorry.", [None]),
    ],
)
def test_who_adds_to_what_was_said(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A panel said 40 died. The government denied that. It said nine were killed.", ["A panel", "The government"]),
        ("The army stormed the village. It said 12 rebels were killed.", ["The army"]),
        ("The storm reached Tarlo on Monday. It said 12 people had died.", [None]),
        ("Spokesman Ali Sani denied any raid; he said two rebels were killed.", ["Spokesman Ali Sani"]),
        ('Dr Omar Haddad has seen much. "Twelve boys were killed in the raid," he said.', ["Dr Omar Haddad"]),
        ("Tarlo Airport was closed. He said 12 people had died.", [None]),
        ("The governor of Tarlo, Ali Sani, fled after he said that 12 had died.", ["The governor of Tarlo"]),
        ("A nurse said the mine fell in. Omar Sani pulled 15 bodies from it, he told AP.", ["Omar Sani"]),
        ("An inquiry by the agency found evidence that 600 people died.", ["the agency"]),
        ("The ministry's envoy met the rebels. They counted 12 dead.", [None]),
        ("Ana Ruiz, the mayor, told AFP the dam was lost. She put the dead at 12.", ["Ana Ruiz"]),
        ("The UN mission verified 300 deaths. In March, it recorded 12 deaths.", ["The UN mission", "The UN mission"]),
        ("Mali's count is 12 dead, mostly boys.", ["Mali"]),
        ("Rights group Justicia 11J says 12 people were killed.", ["Rights group Justicia 11J"]),
        ("Nobody was hurt, the operator, Tarlo Rail, confirmed.", ["the operator"]),
    ],
)
def test_whom_a_pronoun_means_that_spoke_nowhere(text: str, expected: list[str | None], reader: Reader) -> None:
    assert sources(reader, text) == expected


PUBLISHED = [
    ("IDF", "Israeli military", "military"),
    ("IDF (Telegram)", "Israeli military", "military"),
    ("President of Ukraine", "Ukrainian government", "government"),
    ("Médecins Sans Frontières", "Doctors Without Borders", "ngo"),
    # no body of its own, or one that passes on what others say
    ("The Tarlo Gazette", None, "unattributed"),
    ("Reuters", None, "unattributed"),
    ("News of the IDF", None, "unattributed"),
    ("(Telegram)", None, "unattributed"),
    ("", None, "unattributed"),
]


@pytest.mark.parametrize(("publisher", "name", "kind"), PUBLISHED)
def test_what_a_body_publishes_itself_is_said_by_it(
    publisher: str, name: str | None, kind: str, reader: Reader
) -> None:
    text = "Twelve gunmen were killed in a raid. Eight civilians were killed, the mayor said."
    own, other = reader.read(Article(id="own", text=text, published="2024-03-06", publisher=publisher))
    assert (own.source, own.source_name, own.source_type) == (None, name, kind)
    assert other.source == "the mayor"
