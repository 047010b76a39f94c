"""The packages that pyproject.toml names are those that the code imports: no more, and none that only comes along."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from imports import ROOT, imports, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

NEEDED_BY_OTHERS = {
    "lxml-html-clean": "jusText, which trafilatura reads pages with, asks for it in a way that old pips do not follow",
    "bokeh": "what Dask draws its own dashboard with",
    "psycopg": "SQLAlchemy imports it for a database of PostgreSQL",
}


def name_of(requirement):
    """The name in a requirement, in its normal form: "pandera[pandas]>=0.26" is pandera."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def imported():
    """The distributions that the code imports from, each with the modules that do."""
    known = packages_distributions()
    found = {}
    for module, path in modules().items():
        for name in imports(module, path):
            top = name.partition(".")[0]
            if top not in sys.stdlib_module_names and top not in ("tracker", "dashboard"):
                for distribution in known.get(top, [top]):
                    found.setdefault(name_of(distribution), set()).add(module)
    return found


@pytest.fixture(scope="module")
def named():
    extras = PROJECT["optional-dependencies"]
    return {name_of(one) for one in [*PROJECT["dependencies"], *extras["postgresql"], *extras["cluster"]]}


def test_what_is_imported_is_named(named):
    missing = {name: users for name, users in imported().items() if name not in named}
    assert not missing, "these only come along with other packages: name them in pyproject.toml"


def test_what_is_named_is_imported(named):
    assert named - set(imported()) == set(NEEDED_BY_OTHERS)
