"""Documents that are damaged, or made to do harm: each gives an article or one line that says why not, in no time."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from examples import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_documents import mail, pdf, word

from tracker.model import InputError
from tracker.sources import Note, Reading, read_items
from tracker.sources.pdf import read_pdf

LINES = ["Clashes in Idlib", "12 March 2014", "At least 17 people were killed at a market on Monday, activists said."]
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>D</title><item><title>Nine dead</title>
<link>http://news.test/9</link><description>Nine &lt;b&gt;people&lt;/b&gt; died.</description></item></channel></rss>"""


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


WHOLE = {
    "a.pdf": pdf([LINES, LINES]),
    "a.docx": word(LINES),
    "a.eml": mail("Nine dead.", files=[("a.txt", b"Twelve dead.")], Subject="x", Date="Wed, 3 May 2023 10:00:00 +0200"),
    "a.rss": FEED,
    "a.zip": zipped(**{"a.txt": b"Nine dead.", "b.pdf": pdf([LINES])}),
}


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    items = list(read_items([path]))
    assert items
    for item in items:
        assert isinstance(item, Reading | Note | InputError)
        assert "\n" not in str(item) or isinstance(item, Reading)
    return items


changes = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 40)), max_size=8)


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(WHOLE)), changed=changes, cut=st.none() | st.floats(0, 1))
def test_documents_with_bytes_put_in_and_taken_out(tmp_path, name, changed, cut):
    content = WHOLE[name]
    for place, put_in, taken_out in changed:
        at = int(place * len(content))
        content = content[:at] + put_in + content[at + taken_out :]
    read(tmp_path, name, content if cut is None else content[: int(cut * len(content))])


def harmful(name):
    """A PDF file that leads those who read it in circles, or lets far too much come out of it."""
    whole = WHOLE["a.pdf"]
    bomb = zlib.compress(bytes(100_000_000)) if name == "bomb" else b""
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(bomb), bomb)
    begin = whole.index(b"4 0 obj\n") + len(b"4 0 obj\n")
    return {
        "page tree in a circle": whole.replace(b"/Kids [5 0 R 7 0 R]", b"/Kids [2 0 R 2 0 R]"),
        "far too many pages": whole.replace(b"/Count 2", b"/Count 999999999"),
        "table in a circle": whole.replace(b"/Root 1 0 R", b"/Prev 9 /Root 1 0 R").replace(
            b"/Prev 9", b"/Prev 0000000009"
        ),
        "catalogue in a circle": whole.replace(b"/Pages 2 0 R", b"/Pages 1 0 R"),
        "bomb": whole[:begin] + stream + whole[whole.index(b"\nendobj", begin) :],
        "deep": whole.replace(b"/Parent 2 0 R", b"/X " + b"[" * 50_000 + b" /Parent 2 0 R", 1),
    }[name]


HARM = ("page tree in a circle", "far too many pages", "table in a circle", "catalogue in a circle", "bomb", "deep")


@pytest.mark.parametrize("name", HARM)
def test_pdf_files_that_mean_harm(name):
    content = harmful(name)
    assert content != WHOLE["a.pdf"]
    for item in read_pdf(content, "a.pdf"):
        assert isinstance(item, Reading | Note | InputError)


def test_a_word_document_that_is_a_bomb_or_opens_files(tmp_path):
    (tmp_path / "secret.txt").write_text("hidden words")
    source, out = zipfile.ZipFile(io.BytesIO(WHOLE["a.docx"])), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
                files = f'<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">'
                declared = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}{files}]>'.encode()
                head, _, body = content.partition(b"?>")
                content = head + b"?>" + declared + body.replace(b"Clashes", b"&a8;&x;Clashes", 1)
            target.writestr(name, content)
    items = read(tmp_path, "a.docx", out.getvalue())
    assert "hidden words" not in str(items)
    assert len(str(items)) < 100_000
    large = zipped(**{"word/document.xml": bytes(201_000_000)})
    assert "unpacks to more than 200,000,000 bytes" in str(read(tmp_path, "b.docx", large)[0])
