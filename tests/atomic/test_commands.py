"""Every command that writes a file: it never takes away a store or a stranger's file, and an older one stays whole."""

from __future__ import annotations

import shutil

import pytest
from calls import ATTACK, STORE, TOTAL, run
from disks import fill_up, mounted

from tracker.review.review import Action, Decision, Reviews
from tracker.store.store import Store

REFERENCE = "date,value,country\n2012-03-20,9000,SYR\n"

WRITERS = {
    "x.csv": ("export", "-o"),
    "x.jsonl": ("export", "-o"),
    "x.parquet": ("export", "-o"),
    "x.xlsx": ("export", "-o"),
    "tagged.csv": ("export", "--hxl", "-o"),
    "x.html": ("compare", "--reference", "monitor", "--plot"),
    "reviews.jsonl": ("review", "export"),
    "backup.db": ("backup",),
}
"""By the file that is written: the call, without the file."""

EVERY = pytest.mark.parametrize("name", sorted(WRITERS))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a store of two articles that were read, one figure of them reviewed. Tests work on copies."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "a.md").write_text(ATTACK)
    (folder / "b.md").write_text(TOTAL)
    code, _, errors = run(folder, "add", "a.md", "b.md")
    assert code == 0, errors
    with Store.open(folder / STORE) as store:
        Reviews(store).decide(Decision(store.figures()[0].figure_id, Action.ACCEPT, "anna"))
    (folder / "monitor").write_text(REFERENCE)
    return folder


@pytest.fixture
def tracker(made, tracker_here, tmp_path):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tracker_here


def refused(told, *words):
    code, out, errors = told
    assert (code, out) == (2, ""), errors
    assert len(errors.splitlines()) == 1
    for word in words:
        assert word in errors


def state_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@EVERY
def test_a_store_is_never_overwritten(tracker, tmp_path, name):
    """The store itself, under a name that fits what is written, and the names of its log."""
    (tmp_path / STORE).rename(tmp_path / name)
    before = state_of(tmp_path)
    for end in ("", "-wal", "-shm", "-journal"):
        if end and name.startswith("x."):  # the ending says the format, so these names are refused for that
            continue
        for force in ((), ("--force",)):
            refused(tracker(*WRITERS[name], f"{name}{end}", "--db", name, *force), f"{name}{end}")
    assert state_of(tmp_path) == before


@EVERY
def test_the_log_of_a_store_is_never_overwritten(tracker, tmp_path, name):
    """A log that happens to have a name that can be written to."""
    shutil.move(tmp_path / STORE, tmp_path / "kept")
    (tmp_path / name).write_bytes(b"\x37\x7f\x06\x82" + bytes(100))
    before = state_of(tmp_path)
    for force in ((), ("--force",)):
        refused(tracker(*WRITERS[name], name, "--db", "kept", *force), name)
    assert state_of(tmp_path) == before


@EVERY
def test_a_file_of_another_kind_is_replaced_only_by_force(tracker, tmp_path, name):
    for content in ("date,place\n2012-03-26,Homs\n", '{"date": "2012-03-26"}\n', "<p>My page</p>", "Dear all", "{"):
        (tmp_path / name).write_text(content)
        refused(tracker(*WRITERS[name], name), name)
        assert (tmp_path / name).read_text() == content
    if name == "backup.db":  # which replaces other stores, but nothing that is no store
        refused(tracker(*WRITERS[name], name, "--force"), name, "is no store of the tracker")
        return
    assert tracker(*WRITERS[name], name, "--force")[0] == 0
    assert (tmp_path / name).read_text(errors="replace") != content


@EVERY
def test_what_the_command_wrote_before_is_replaced(tracker, tmp_path, name):
    assert tracker(*WRITERS[name], name)[0] == 0
    first = (tmp_path / name).read_bytes()
    assert tracker(*WRITERS[name], name)[0] == 0
    assert (tmp_path / name).read_bytes() == first
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_table_of_one_view_takes_the_place_of_another(tracker, tmp_path):
    for name in ("x.csv", "x.jsonl", "x.parquet", "x.xlsx"):
        for view in ("figures", "claims", "totals", "incidents", "disagreement", "says", "figures"):
            assert tracker("export", "-o", name, "--view", view)[0] == 0, (name, view)


@EVERY
def test_on_a_full_disk_the_older_file_stays_and_the_reason_is_said_once(tracker, tmp_path, name):
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "size=8m"):
        path = disk / name
        assert tracker(*WRITERS[name], path)[0] == 0
        before = path.read_bytes()
        fill_up(disk)
        code, _, errors = tracker(*WRITERS[name], path)
        [line] = [line for line in errors.splitlines() if line.startswith("tracker:")]
        assert (code, line) == (2, f"tracker: {path}: cannot be written: the disk is full")
        assert sorted(one.name for one in disk.iterdir()) == sorted(["filler", name])
        assert path.read_bytes() == before


def test_on_a_full_disk_an_older_package_stays(tracker, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "size=8m"):
        assert tracker("export", "--package", disk / "p")[0] == 0
        before = state_of(disk / "p")
        fill_up(disk)
        refused(tracker("export", "--package", disk / "p"), f"{disk / 'p'}", ": cannot be written: the disk is full")
        assert state_of(disk / "p") == before
        refused(tracker("export", "--package", disk / "new"), f"{disk / 'new'}", "the disk is full")
        assert sorted(one.name for one in disk.iterdir()) == ["filler", "p"]


def test_a_package_does_not_go_over_a_store(tracker, tmp_path):
    assert tracker("export", "--package", "p")[0] == 0
    (tmp_path / STORE).replace(tmp_path / "p" / "figures.csv")
    before = state_of(tmp_path / "p")
    refused(tracker("export", "--package", "p", "--db", "p/figures.csv"), "p/figures.csv: is a database")
    assert state_of(tmp_path / "p") == before


def test_the_state_of_watching_is_no_store_and_no_file_of_others(tracker, tmp_path):
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "https://paper.example/feed"\n')
    (tmp_path / "letter").write_text("Dear all")
    before = state_of(tmp_path)
    for name in (STORE, f"{STORE}-wal", "letter", ""):
        refused(tracker("watch", "feeds.toml", "--once", "--state", name), name)
    assert state_of(tmp_path) == before


def test_a_figure_of_others_in_a_table_is_not_lost(tracker, tmp_path):
    """A table that somebody extended by a column of their own is theirs."""
    assert tracker("export", "-o", "x.csv")[0] == 0
    lines = (tmp_path / "x.csv").read_text().splitlines()
    (tmp_path / "x.csv").write_text("\n".join([lines[0] + ",remarks", *(line + "," for line in lines[1:])]))
    refused(tracker("export", "-o", "x.csv"), "x.csv: is not a table of the tracker")


def test_nothing_is_read_where_the_file_cannot_be_written(tracker, tmp_path):
    """The refusal comes before the work: no note of what was read is printed."""
    for name, call in WRITERS.items():
        (tmp_path / name).write_text("Dear all")
        refused(tracker(*call, name), name)
