"""The theme of the charts: colours of a light and a dark page, fonts, margins, and escaping of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from dashboard.look.colours import GREY, LineStyle

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """Whether the page is dark or narrow and the axis logarithmic; line styles of sources, names of conflicts."""

    dark: bool = False
    narrow: bool = False
    log: bool = False
    line_styles: Mapping[str, LineStyle] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def ink(self) -> str:
        """The colour of text."""
        return "#d8d6d0" if self.dark else "#2b2b28"

    @property
    def quiet(self) -> str:
        """The colour of what is less important: axes, small text."""
        return "#a3a198" if self.dark else "#6b6962"

    @property
    def bar(self) -> str:
        """The colour of bars and bands that belong to no single source."""
        return "#77746b" if self.dark else "#a8a49a"

    @property
    def line(self) -> str:
        """The colour of grid lines."""
        return "#34332f" if self.dark else "#e9e6df"

    @property
    def surface(self) -> str:
        """The colour of the page behind the chart."""
        return "#1f1e1b" if self.dark else "#ffffff"

    @property
    def warning(self) -> str:
        """The colour of the ring around a doubtful number."""
        return "#ff9d8a" if self.dark else "#a02c1c"

    def colour(self, source: str) -> str:
        """The colour of a source."""
        return self.line_styles.get(source, GREY).on(dark=self.dark)


def layout(look: Theme, **more: Any) -> dict[str, Any]:
    """What the layouts of all charts have in common."""
    return {
        "template": "none",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": look.ink},
        "margin": {"l": 46 if look.narrow else 58, "r": 12, "t": 24, "b": 34, "pad": 0},
        "hoverlabel": {
            "bgcolor": look.surface,
            "bordercolor": look.quiet,
            "font": {"color": look.ink, "size": 13},
            "align": "left",
        },
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "clickmode": "event",
        "separators": ".,",
    } | more


def blank() -> go.Figure:
    """A chart that is not drawn yet: nothing, on the page's own colour."""
    hidden = {"visible": False}
    clear = "rgba(0,0,0,0)"
    return go.Figure(
        layout={"template": "none", "paper_bgcolor": clear, "plot_bgcolor": clear, "xaxis": hidden, "yaxis": hidden}
    )


def nothing(look: Theme, why: str) -> go.Figure:
    """An empty chart that says so."""
    hidden = {"visible": False}
    place = {"showarrow": False, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "font": {"size": 15}}
    said = [place | {"text": escaped(why)}]
    return go.Figure(layout=layout(look, height=220, xaxis=hidden, yaxis=hidden, annotations=said))


def heading(text: str, y: float, look: Theme) -> dict[str, Any]:
    """A small heading above a part of a chart, instead of a rotated axis title. `y` is a share of the paper."""
    place = {"x": 0, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 5}
    return place | {"text": escaped(text), "showarrow": False, "font": {"size": 12.5, "color": look.quiet}}


def escaped(text: str) -> str:
    """The text with its tags escaped, because plotly understands tags such as <b> and <a>."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def see_through(colour: str, how_dense: float = 0.3) -> str:
    """A colour "#rrggbb" made transparent."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{how_dense})"
