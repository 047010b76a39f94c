"""The colours of sources are told apart by those who see red or green badly, and can be read as text. No browser."""

from itertools import combinations

import numpy as np
import pytest

from dashboard.look.colours import DARK, LIGHT, NO_SOURCE
from dashboard.look.theme import Theme

SEEN = {
    "by most": np.eye(3),
    "without red": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "without green": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
}
"""What becomes of linear red, green and blue (Machado, Oliveira and Fernandes 2009, all of the pigment missing)."""

XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
APART, OF_GREY = 12, 9
"""The least distance in CIELAB of two sources, and of a source and the grey of reports without one, which have no line.
Two colours that touch differ visibly by 2 or 3, those of thin lines that lie apart by about 10.
"""


def linear(colour):
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour, seen):
    light = XYZ @ np.clip(SEEN[seen] @ linear(colour), 0, 1) / WHITE
    root = np.where(light > 0.008856, np.cbrt(light), 7.787 * light + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def contrast(one, other):
    dim, bright = sorted(XYZ[1] @ linear(colour) for colour in (one, other))
    return (bright + 0.05) / (dim + 0.05)


def apart(one, other, seen):
    return np.linalg.norm(lab(one, seen) - lab(other, seen))


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize(("colours", "grey"), [(LIGHT, NO_SOURCE["light"]), (DARK, NO_SOURCE["dark"])])
def test_any_two_colours_are_told_apart(colours, grey, seen):
    assert [pair for pair in combinations(colours, 2) if apart(*pair, seen) < APART] == []
    assert [one for one in colours if apart(one, grey, seen) < OF_GREY] == []


@pytest.mark.parametrize("dark", [False, True])
def test_names_can_be_read_in_every_colour(dark):
    surface = Theme(dark=dark).surface
    assert [one for one in (DARK if dark else LIGHT) if contrast(one, surface) < 4.5] == []
