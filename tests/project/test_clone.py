"""A clone works as it is: from its folder or from the PYTHONPATH, with nothing of ours installed or with the wheel.

The clone of these tests has a version of its own, so that what answers can be told from what is installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from installs import checked, copy_source, dashboard, fetched, lent_venv

pytestmark = pytest.mark.process

VERSION = "0.1.0+clone"

ARTICLE = """---
published: 2013-05-14
---
Shelling killed at least 17 people at a market in Idlib on Monday, the opposition said.
"""

SCRIPT = """
import tracker
print(tracker.__version__, tracker.extract("Shelling killed at least 17 people in Idlib.")[0].figure)
"""

IN_A_THREAD = """
import sys, threading
from tracker.cli.main import main
if __name__ == "__main__":  # a process that has threads starts its readers anew, and these must find the tracker
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    sys.exit(main(["extract", "article.md"]))
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    folder = copy_source(tmp_path_factory.mktemp("clone"))
    package = folder / "tracker" / "__init__.py"
    text = package.read_text(encoding="utf-8")
    assert '__version__ = "' in text
    package.write_text(text + f'\n__version__ = "{VERSION}"\n', encoding="utf-8")
    for name, content in (("article.md", ARTICLE), ("script.py", SCRIPT), ("thread.py", IN_A_THREAD)):
        (folder / name).write_text(content)
    return folder


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The Python of an environment that has the packages we need, and nothing of ours."""
    return lent_venv(tmp_path_factory.mktemp("user") / "venv") / "python"


@pytest.fixture(scope="module")
def with_wheel(tmp_path_factory):
    """The same where the tracker was installed from another copy of the source."""
    home, source = tmp_path_factory.mktemp("user") / "venv", copy_source(tmp_path_factory.mktemp("source"))
    commands = lent_venv(home)
    install = ["install", "--quiet", "--no-deps", "--no-build-isolation", source]
    checked([sys.executable, "-m", "pip", "--python", home, *install])
    return commands / "python"


@pytest.fixture(params=["bare", "with_wheel"])
def python(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def settings(tmp_path):
    """The environment of a user without a store."""
    return {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")}


def figures(printed):
    return [json.loads(line)["figure"] for line in printed.splitlines()]


@pytest.mark.parametrize("options", [[], ["--jobs", "2"]], ids=["alone", "in two processes"])
def test_the_command_in_the_folder_of_the_clone(python, clone, settings, options):
    call = [python, "-m", "tracker"]
    assert checked([*call, "--version"], cwd=clone, env=settings) == f"tracker {VERSION}\n"
    assert figures(checked([*call, "extract", "article.md", *options], cwd=clone, env=settings)) == ["at least 17"]


@pytest.mark.parametrize("options", [[], ["-P"]], ids=["as it is", "-P"])
def test_the_command_with_the_clone_on_the_path(python, clone, settings, tmp_path, options):
    call = {"cwd": tmp_path, "env": {**settings, "PYTHONPATH": str(clone)}}
    assert checked([python, *options, "-m", "tracker", "--version"], **call) == f"tracker {VERSION}\n"
    found = checked([python, *options, "-m", "tracker", "extract", clone / "article.md"], **call)
    assert figures(found) == ["at least 17"]


def test_a_script_in_the_folder_of_the_clone(python, clone, settings):
    assert checked([python, "script.py"], cwd=clone, env=settings) == f"{VERSION} at least 17\n"
    assert figures(checked([python, "thread.py"], cwd=clone, env=settings)) == ["at least 17"]


def test_a_script_elsewhere_with_the_clone_on_the_path(python, clone, settings, tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    environment = {**settings, "PYTHONPATH": str(clone)}
    assert checked([python, "script.py"], cwd=tmp_path, env=environment) == f"{VERSION} at least 17\n"


@pytest.mark.parametrize(
    ("where", "call"),
    [("bare", "dashboard --port 0"), ("bare", "tracker dashboard"), ("with_wheel", "tracker dashboard")],
)
def test_the_dashboard_of_the_clone(request, clone, settings, where, call):
    command = [request.getfixturevalue(where), "-m", *call.split(), "--no-browser"]
    with dashboard(command, cwd=clone, env=settings) as address:
        assert json.loads(fetched(f"{address}/api/openapi.json"))["info"]["version"] == VERSION


def test_the_processes_of_a_cluster_find_the_clone(bare, clone, settings, tmp_path):
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"id": "a", "text": ARTICLE.rpartition("---\n")[2]}))
    call = [bare, "-m", "tracker", "extract", "--cluster", "local", "-o", tmp_path / "out", tmp_path / "corpus.jsonl"]
    # what Dask itself says on standard error when its processes part is no concern of ours
    subprocess.run(call, cwd=clone, env=settings, stderr=subprocess.DEVNULL, check=True)
    rows = checked([bare, "-m", "tracker", "timeline", "--figures", tmp_path / "out"], cwd=clone, env=settings)
    assert "at least 17" in rows
