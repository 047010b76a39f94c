"""Small enough to be read: files, functions and parameter lists have limits (`make lint` shows the worst ten)."""

from __future__ import annotations

import pytest
from sizes import MOST, worst


@pytest.mark.parametrize("what", MOST)
def test_nothing_is_too_big(what):
    too_much = [f"{where}: {size}" for size, where in worst(what) if size > MOST[what]]
    assert not too_much, f"{what}, at most {MOST[what]}: {'; '.join(too_much)}"
