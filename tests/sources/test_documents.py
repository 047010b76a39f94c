"""Documents: PDF files with their pages, Word documents, e-mails with what is attached."""

from __future__ import annotations

import datetime as dt

import pytest
from made_documents import locked, mail, pdf, word
from readers import READER

from tracker.model import InputError
from tracker.sources import Note, Reading, read_items
from tracker.sources.documents import stated_date
from tracker.sources.pages import page_of


def items_of(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_items([path]))


def the_article(items):
    (reading,) = [item for item in items if isinstance(item, Reading)]
    assert not any(isinstance(item, InputError) for item in items)
    return reading.article


def told(items):
    """What is said beside the articles, without the path."""
    return [item.what for item in items if isinstance(item, Note | InputError)]


REPORT = [
    [
        "Protection of civilians in Idlib",
        "Geneva, 12 March 2014",
        "",
        "The fighting went on in all districts of the town.",
    ],
    ["Shelling killed at least 17 people, including five children, at a", "market in Idlib on Monday, activists said."],
    ["A doctor said that 30 people were wounded."],
]


def test_a_pdf_with_the_page_of_each_figure(tmp_path):
    items = items_of(tmp_path, "a.pdf", pdf(REPORT, CreationDate="D:20240101120000Z"))
    article = the_article(items)
    assert article.title == "Protection of civilians in Idlib"
    assert article.published == "2014-03-12"  # in the text, not when the file was made
    assert not told(items)
    found = {figure.figure: page_of(article.text, figure.start) for figure in READER.read(article)}
    assert found == {"at least 17": 2, "five": 2, "30": 3}


def test_a_sentence_goes_on_over_the_end_of_a_page(tmp_path):
    lines = "The United Nations said on Tuesday that the shelling of a crowded market had killed"
    items = items_of(tmp_path, "a.pdf", pdf([[lines], ["at least 17 people in Idlib."]]))
    article = the_article(items)
    (figure,) = READER.read(article)
    assert (figure.figure, page_of(article.text, figure.start)) == ("at least 17", 2)
    assert article.text[figure.start : figure.end] == figure.figure


def test_what_stands_at_the_head_and_foot_of_every_page_is_no_text(tmp_path):
    pages = [
        ["UN REPORT A/1/2", f"In month {n} the fighting went on as before.", f"Page {n} of 4"] for n in range(1, 5)
    ]
    article = the_article(items_of(tmp_path, "a.pdf", pdf(pages)))
    assert "UN REPORT" not in article.text
    assert "Page" not in article.text
    assert article.text.count("In month") == 4


def test_the_date_of_the_file_is_taken_where_the_text_has_none_and_that_is_said(tmp_path):
    items = items_of(tmp_path, "a.pdf", pdf([["Twelve people were killed."]], CreationDate="D:20240105120000Z"))
    assert the_article(items).published == "2024-01-05"
    assert told(items) == ["no date in its first lines: 2024-01-05, when the file was made, is taken for the date"]


def test_the_title_in_the_properties_is_taken_where_the_text_does_not_say_it(tmp_path):
    lines = [["Twelve people were killed in the town, and the mayor said more were missing."]]
    assert the_article(items_of(tmp_path, "a.pdf", pdf(lines, Title="Deaths in Idlib"))).title == "Deaths in Idlib"
    assert the_article(items_of(tmp_path, "b.pdf", pdf(lines, Title="People were killed"))).title == ""


def test_pages_that_are_pictures_are_named(tmp_path):
    items = items_of(tmp_path, "a.pdf", pdf([["Twelve people were killed."], [], []]))
    assert the_article(items).text.startswith("Twelve")
    assert told(items) == ["pages without text, which may be pictures: 2, 3"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (pdf([[], []]), "holds no text: its pages are empty"),
        (locked(pdf([["Twelve dead"]]), "secret"), "is encrypted: save it without encryption and password"),
        (b"%PDF-1.7\ngarbage", "cannot be read: it is damaged, or no PDF (PdfStreamError)"),
        (pdf([["Twelve dead"]])[:150], "cannot be read: it is damaged, or no PDF (PdfReadError)"),
        (b"hello", "cannot be read: it is damaged, or no PDF (PdfReadError)"),
    ],
    ids=["pictures", "encrypted", "garbage", "cut off", "text"],
)
def test_pdf_files_that_cannot_be_read(tmp_path, content, what):
    (answer,) = told(items_of(tmp_path, "a.pdf", content))
    assert answer.partition(" (")[0] == what.partition(" (")[0]


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path):
    assert the_article(items_of(tmp_path, "a.pdf", locked(pdf([["Twelve dead."]]), ""))).text == "Twelve dead."


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Situation report\nGeneva, 12 March 2014\nText", "2014-03-12"),
        ("SITUATION REPORT No. 5 | 3 May 2024", "2024-05-03"),
        ("Flash update (as of 15 January 2024)", "2024-01-15"),
        ("As of March 5, 2024", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("Reporting period: 1 March 2014 – 7 March 2014", "2014-03-07"),
        ("12th March 2014", "2014-03-12"),
        ("On 12 March 2014 at least 12 people were killed.", ""),
        ("people were killed on 12 March 2014", ""),
        ("12 dead, 2014", ""),
        ("99 March 2014", ""),
        ("Resolution 2139 (2014)", ""),
        ("", ""),
    ],
)
def test_dates_that_stand_for_themselves(text, date):
    assert stated_date(text) == date


def test_a_word_document_with_a_table(tmp_path):
    paragraphs = ["Clashes in Darfur", "Published: 3 May 2023", "At least 17 people were killed in Nyala on Tuesday."]
    items = items_of(tmp_path, "a.docx", word(paragraphs, [["place", "killed"], ["Nyala", "17"]]))
    article = the_article(items)
    assert (article.title, article.published) == ("Clashes in Darfur", "2023-05-03")
    assert article.text.endswith("on Tuesday.\n\nplace\tkilled\n\nNyala\t17")


def test_a_word_document_known_by_when_it_was_made(tmp_path):
    items = items_of(tmp_path, "a.docx", word(["Twelve dead."], created=dt.datetime(2023, 5, 3, tzinfo=dt.UTC)))
    assert the_article(items).published == "2023-05-03"
    assert "when the file was made" in told(items)[0]


def test_insertions_are_read_and_deletions_are_not(tmp_path):
    import io
    import zipfile

    source, out = zipfile.ZipFile(io.BytesIO(word(["Twelve dead."]))), io.BytesIO()
    changed = b"<w:ins><w:r><w:t>Thirteen</w:t></w:r></w:ins><w:del><w:r><w:delText>Ten</w:delText></w:r></w:del></w:p>"
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"</w:p>", changed, 1) if name == "word/document.xml" else content)
    assert the_article(items_of(tmp_path, "a.docx", out.getvalue())).text == "Twelve dead.Thirteen"


@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04", word(["x"])[:3000], b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_word_documents_that_cannot_be_read(tmp_path, content):
    (answer,) = told(items_of(tmp_path, "a.docx", content))
    assert answer.startswith("cannot be read: it is")


HEADERS = {
    "Subject": "Clashes in Darfur",
    "From": "Radio Dabanga <news@example.org>",
    "Date": "Wed, 3 May 2023 10:00:00 +0200",
}


def test_an_email(tmp_path):
    article = the_article(items_of(tmp_path, "a.eml", mail("At least 17 people were killed.\n", **HEADERS)))
    assert (article.title, article.publisher) == ("Clashes in Darfur", "Radio Dabanga")
    assert (article.published, article.text) == ("2023-05-03T10:00:00+02:00", "At least 17 people were killed.")


def test_an_email_that_is_a_page(tmp_path):
    page = "<html><body><p>At least <b>17 people</b> were killed.</p><script>alert(1)</script></body></html>"
    assert (
        the_article(items_of(tmp_path, "a.eml", mail(html=page, **HEADERS))).text == "At least 17 people were killed."
    )


def test_an_email_whose_text_says_that_it_is_a_page(tmp_path):
    page = "<html><body><p>At least 17 people were killed in a market on Monday, activists said.</p></body></html>"
    article = the_article(items_of(tmp_path, "a.eml", mail("See our page.", page, **HEADERS)))
    assert article.text.startswith("At least 17 people")


def test_attachments_are_read_as_what_they_are(tmp_path):
    files = [("report.pdf", pdf(REPORT)), ("../../etc/x.txt", b"Nine dead."), ("tool.exe", b"MZ")]
    items = items_of(tmp_path, "a.eml", mail("Twelve dead, see the report.", files=files, **HEADERS))
    paths = [item.path.removeprefix(f"{tmp_path}/") for item in items]
    assert paths == ["a.eml", "a.eml: report.pdf", "a.eml: ../../etc/x.txt", "a.eml: tool.exe"]
    assert [type(item) for item in items] == [Reading, Reading, Reading, Note]
    assert not (tmp_path.parent / "etc").exists()


def test_an_email_in_an_email_and_one_that_is_none(tmp_path):
    inner = mail("Twelve dead.", **HEADERS)
    forwarded = b"Subject: Fwd\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + inner
    assert the_article(items_of(tmp_path, "a.eml", forwarded)).text == "Twelve dead."
    assert told(items_of(tmp_path, "b.eml", b"")) == ["is empty"]
    assert told(items_of(tmp_path, "c.eml", b"\xff\xfe\x00")) == ["is no e-mail: it has no headers"]
