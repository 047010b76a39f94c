"""What holds for every file of the repository."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
import yaml
from imports import ROOT

import tracker

# In parts, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
LOCKS = [ROOT / ".ci" / name for name in ("requirements.txt", "requirements-dev.txt")]


def files():
    """The files that git knows or would add; there is no list of them outside a clone."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listed.returncode:
        pytest.skip("not in a git clone")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.mark.process
def test_no_registry_is_named():
    hosts = [host.encode() for host in REGISTRIES]
    naming = [path for path in files() if any(host in path.read_bytes() for host in hosts)]
    assert not naming, "packages come from wherever the machine's pip is set to look"


@pytest.mark.process
def test_no_file_is_a_link_to_another_place_of_a_machine():
    listed = subprocess.run(["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not in a git clone")
    assert [line for line in listed.stdout.splitlines() if line.startswith("120000")] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locked_versions_are_pinned_with_hashes(lock):
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\w)", text.strip())
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.]+ (?:;[^\\]+)?\\\n +--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in text


def test_what_runs_is_what_is_tested():
    running, testing = (set(re.findall(r"^[\w.-]+==[\w.]+", lock.read_text(encoding="utf-8"), re.M)) for lock in LOCKS)
    assert running < testing


# The keys of version 1.2.0 of the Citation File Format that we use or must have: citation-file-format.github.io
MUST_HAVE = {"cff-version", "message", "title", "authors"}
MAY_HAVE = MUST_HAVE | {"type", "abstract", "version", "license", "keywords", "date-released", "repository-code", "url"}


def test_the_citation_is_whole():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert MUST_HAVE <= cited.keys() <= MAY_HAVE
    assert cited["cff-version"] == "1.2.0"
    assert all(isinstance(cited[name], str) and cited[name] for name in ("message", "title", "abstract"))
    assert cited["type"] in ("software", "dataset")
    for author in cited["authors"]:
        assert author.keys() == {"name"} or {"family-names", "given-names"} <= author.keys()


def test_the_citation_is_of_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(cited["version"]) == tracker.__version__
    assert cited["license"] == project["license"]
    assert cited["keywords"] == project["keywords"]
    assert [one["name"] for one in cited["authors"]] == [one["name"] for one in project["authors"]]
