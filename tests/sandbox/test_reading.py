"""One bad article costs its seconds and is named; the others are read. With inputs that take long, and real kills."""

from __future__ import annotations

import json
import os
import signal
import threading
import zipfile
import zlib
from pathlib import Path

import pytest
from calls import records

from tracker.model import Article, InputError, TrackerError
from tracker.sandbox.extracting import Found, find
from tracker.sandbox.reading import read_in_sandbox
from tracker.sources import Reading
from tracker.sources.checkpoints import begin_file, begin_part

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer of computing")

SENTENCE = "At least 30 people were killed and 12 wounded in Homs on Sunday, the opposition said. "
GOOD = f"---\npublished: 2012-03-26\n---\n{SENTENCE}\n"


def pdf(operators: bytes) -> bytes:
    """A PDF of one page with these operators on it."""
    packed = zlib.compress(operators)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % position for position in places)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


SLOW_PDF = pdf(b"BT /F 9 Tf " + b"1 0 Td (people) Tj " * 400_000 + b"ET")
"""Harmless to look at, 50 kB packed; a reader is busy with it for many seconds."""


def test_a_file_that_takes_too_long_is_named_and_the_others_are_read(tracker, tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("a.md", "c.md"):
        (folder / name).write_text(GOOD)
    (folder / "b.pdf").write_bytes(SLOW_PDF)
    code, out, errors = tracker("extract", "--seconds", "2", "news")
    assert code == 1
    assert errors == f"news{os.sep}b.pdf: takes longer than 2 s: given up (--seconds N gives it more)\n"
    assert len(records(out)) == 4


def test_a_file_in_an_archive_is_left_out_and_the_rest_of_the_archive_is_read_once(tracker, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, content in (("1.md", GOOD), ("2.pdf", SLOW_PDF), ("3.md", GOOD.replace("30", "31"))):
            archive.writestr(name, content)
    code, out, errors = tracker("add", "--seconds", "2", "a.zip")
    assert (code, out.splitlines()[0]) == (1, "added 2, unchanged 0, updated 0, failed 1; 4 figures")
    assert errors.startswith("a.zip: 2.pdf: takes longer than 2 s")


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_that_takes_too_long_is_named_and_the_order_stays(tracker, tmp_path, jobs):
    rows = [{"id": str(number), "text": SENTENCE, "published": "2012-03-26"} for number in range(40)]
    rows[20]["text"] = SENTENCE * 40_000
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, out, errors = tracker("extract", "--seconds", "1", "--jobs", jobs, "a.jsonl")
    assert code == 1
    assert errors == "a.jsonl: article 20: takes longer than 1 s: given up (--seconds N gives it more)\n"
    assert [row["article_id"] for row in records(out)] == [str(n) for n in range(40) if n != 20 for _ in "12"]


def killing():
    """Twenty articles; between two of them the process is killed, as the kernel kills for want of memory."""
    for number in range(20):
        yield Reading(Article(str(number), SENTENCE, published="2012-03-26"), "p")


def children() -> set[int]:
    task = Path(f"/proc/self/task/{threading.main_thread().native_id}/children")
    return {int(pid) for pid in task.read_text().split()}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the processes of a process are looked up in /proc")
@pytest.mark.parametrize("times", range(3))
def test_a_killed_process_costs_at_most_the_article_it_was_at(times):
    before, results = children(), []
    for result in find(killing()):
        results.append(result)
        if len(results) == 5:
            for pid in children() - before:
                os.kill(pid, signal.SIGKILL)
    failed = [result for result in results if isinstance(result, InputError)]
    assert [str(error) for error in failed] == [
        "p: article 5: the process that read it was killed, perhaps for want of memory"
    ]
    found = [result.article.id for result in results if isinstance(result, Found)]
    assert found == [str(n) for n in range(20) if n != 5]


def crashing():
    """Three files; the second has four parts, of which the third crashes the process; the third ends in an error."""
    for file in ("first", "second", "third"):
        if begin_file(file):
            yield from parts_of(file)


def parts_of(file):
    for part in range(1, 5):
        if begin_part(f"{file}: {part}"):
            if (file, part) == ("second", 3):
                os.kill(os.getpid(), signal.SIGSEGV)
            if (file, part) == ("third", 2):
                raise RecursionError("too deep")
            yield Reading(Article(f"{file} {part}", "x"), file)


def test_what_crashes_is_passed_over_and_nothing_comes_twice():
    items = [one.article.id if isinstance(one, Reading) else str(one) for one in read_in_sandbox(crashing)]
    assert items == [
        *(f"first {part}" for part in (1, 2, 3, 4)),
        *("second 1", "second 2", "second: 3: crashed the process that read it (SIGSEGV)", "second 4"),
        *("third 1", "third: 2: cannot be read: RecursionError: too deep", "third 3", "third 4"),
    ]


def wrong():
    raise TrackerError("no such thing")


def test_a_wrong_call_is_raised_here():
    with pytest.raises(TrackerError, match="no such thing"):
        list(read_in_sandbox(wrong))


def test_knowledge_that_is_wrong_is_raised_once(tracker, tmp_path):
    (tmp_path / "my.toml").write_text("[[source]]\nnames = 3\n")
    (tmp_path / "a.md").write_text(GOOD)
    for jobs in ("1", "2"):
        code, out, errors = tracker("extract", "--sources", "my.toml", "--jobs", jobs, "a.md")
        assert (code, out) == (2, "")
        assert errors.count("\n") == 1
        assert "my.toml" in errors


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_no_article(tracker, tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.md").write_text(GOOD)
    os.mkfifo(folder / "b.md")
    assert tracker("extract", "news")[0] == 0


def test_out_of_a_stream_each_article_comes_before_the_next_is_asked_for():
    asked = []

    def stream():
        for number in range(3):
            asked.append(number)
            yield Reading(Article(str(number), SENTENCE), "p")

    results = find(stream())
    assert next(results).article.id == "0"
    assert asked == [0]
    results.close()
