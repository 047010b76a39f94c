"""The map of the world: countries in steps of one colour."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from dashboard.look import theme
from dashboard.look.theme import Theme

SHAPES = "/assets/geo/countries.json"
BASE = "/assets/geo/"
"""Where plotly looks for its base map. Ours is empty, so plotly asks no other host."""

STEPS = (1, 10, 100, 1_000, 10_000, 100_000)
"""The lower ends of the steps. The numbers differ by powers of ten, so each power has one colour."""

ROOM, SMALL = 8.0, 3.5
"""The least room around the countries shown, and the size below which a country gets a dot, in degrees."""

WORLD = ([-180.0, 180.0], [-57.0, 84.0])
FAR = 150.0
"""If the countries are so many degrees of longitude apart, the whole world is shown."""

LIGHT = ("#dbe7f0", "#b5cfe1", "#84aecb", "#5288ad", "#2f648b", "#173f60")
DARK = ("#2f4d66", "#3b6585", "#4f82a5", "#6da3c4", "#9cc6de", "#d3e9f5")


def world(numbers: pd.Series[int], hover_texts: Mapping[str, str], theme_: Theme) -> go.Figure:
    """In: a number and a hover text for each country, by its ISO 3166-1 alpha-3 code. Out: the map.

    Countries without a number, or with zero, keep the colour of land.
    """
    shown = numbers[numbers >= STEPS[0]].dropna()
    shades = DARK if theme_.dark else LIGHT
    ends = [(at / len(shades), (at + 1) / len(shades)) for at in range(len(shades))]
    scale = [(end, shade) for pair, shade in zip(ends, shades, strict=True) for end in pair]
    chart = go.Figure(_paper(theme_))
    chart.add_choropleth(
        geojson=SHAPES,
        locations=shown.index.tolist(),
        z=[step(float(value)) for value in shown],
        zmin=-0.5,
        zmax=len(STEPS) - 0.5,
        colorscale=scale,
        showscale=False,
        marker={"line": {"color": theme_.surface, "width": 0.6}},
        hovertext=[theme.escaped(hover_texts.get(str(code), str(code))).replace("\n", "<br>") for code in shown.index],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    _add_dots(chart, shown, hover_texts, shades, theme_)
    margin = {"l": 0, "r": 0, "t": 0, "b": 0}
    chart.update_layout(theme.layout(theme_, height=190 if theme_.narrow else 520, margin=margin))
    east_west, south_north = view_of(shown.index.tolist(), 1.7 if theme_.narrow else 2.0)
    chart.update_geos(
        visible=False,
        bgcolor="rgba(0,0,0,0)",
        projection={"type": "natural earth"},
        lonaxis={"range": east_west},
        lataxis={"range": south_north},
        showframe=True,  # a part of the world is cut where the box ends, and not in the middle of the page
        framecolor=theme_.line,
    )
    return chart


def view_of(codes: Sequence[str], shape: float = 1.0) -> tuple[list[float], list[float]]:
    """The ranges of longitude and latitude that hold these countries with some room; without countries, the world.

    `shape` is the width of the box on the page divided by its height.
    """
    known = [boxes()[code] for code in codes if code in boxes()]
    if not known:
        return WORLD
    west, south = min(box[0] for box in known), min(box[1] for box in known)
    east, north = max(box[2] for box in known), max(box[3] for box in known)
    if east - west > FAR:
        return WORLD
    wide, high = max(ROOM, (east - west) * 0.12), max(ROOM, (north - south) * 0.12)
    wide = max(wide, ((north - south + 2 * high) * shape - (east - west)) / 2)  # as wide as the box on the page
    return [max(west - wide, -180), min(east + wide, 180)], [max(south - high, -57), min(north + high, 84)]


@cache
def boxes() -> dict[str, tuple[float, float, float, float]]:
    """The bounding box of each country that has a shape, by its code: west, south, east, north."""
    text = resources.files("dashboard").joinpath("assets/geo/countries.json").read_text(encoding="utf-8")
    found = {}
    for shape in json.loads(text)["features"]:
        points = [point for polygon in shape["geometry"]["coordinates"] for line in polygon for point in line]
        across, up = zip(*points, strict=True)
        found[shape["id"]] = (min(across), min(up), max(across), max(up))
    return found


def _add_dots(
    chart: go.Figure, shown: pd.Series[int], hover_texts: Mapping[str, str], shades: Sequence[str], theme_: Theme
) -> None:
    """A dot on each country that is too small to see."""
    small = [code for code in shown.index if code in boxes() and _degrees(boxes()[code]) < SMALL]
    chart.add_scattergeo(
        lon=[(boxes()[code][0] + boxes()[code][2]) / 2 for code in small],
        lat=[(boxes()[code][1] + boxes()[code][3]) / 2 for code in small],
        mode="markers",
        marker={
            "size": 13,
            "color": [shades[step(float(shown[code]))] for code in small],
            "line": {"color": theme_.ink, "width": 1},
        },
        hovertext=[theme.escaped(hover_texts.get(code, code)).replace("\n", "<br>") for code in small],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _degrees(box: tuple[float, float, float, float]) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def step(value: float) -> int:
    """Which step a number of at least one belongs to, from 0."""
    return sum(value >= begin for begin in STEPS) - 1


def legend(theme_: Theme) -> list[tuple[str, str]]:
    """(colour, words) of each step."""
    shades = DARK if theme_.dark else LIGHT
    ends = [*(f"{begin:,}–{end - 1:,}" for begin, end in pairwise(STEPS)), f"{STEPS[-1]:,} or more"]
    return list(zip(shades, ends, strict=True))


def _paper(theme_: Theme) -> go.Choropleth:
    """All countries in the colour of land, drawn from our own shapes."""
    land = "#2b2a27" if theme_.dark else "#eeebe4"
    return go.Choropleth(
        geojson=SHAPES,
        locations=list(boxes()),
        z=[0] * len(boxes()),
        colorscale=[(0, land), (1, land)],
        showscale=False,
        hoverinfo="skip",
        marker={"line": {"color": theme_.surface, "width": 0.6}},
    )
