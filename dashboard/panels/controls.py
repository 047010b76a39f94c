"""The controls of a page. The value of each is kept in the address, under its own name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.view.query import View

POPOVER = {"transitionProps": {"duration": 0}, "shadow": "md"}
"""How the lists of choices open."""


def folded(name: str, parts: Sequence[Any]) -> html.Details:
    """Controls that are needed seldom, behind a button. They lie over the page when it is open."""
    return html.Details([html.Summary(name), html.Div(parts, className="chooser-box")], className="chooser")


def switch(name: str, label: str, choices: Sequence[tuple[str, str]], view: View) -> html.Div:
    """A segmented control: a few choices side by side, with a label."""
    data = [{"value": value, "label": text} for value, text in choices]
    named: dict[str, Any] = {"aria-label": label}
    control = dmc.SegmentedControl(
        id={"option": name}, data=data, value=view.option(name), size="xs", transitionDuration=0, **named
    )
    return html.Div([html.Span(label, className="choice-label"), control], className="switch")


def menu(name: str, label: str, choices: Sequence[tuple[str, str]], view: View) -> html.Div:
    """A select box: many choices, of which one shows."""
    control = dmc.Select(
        id={"option": name},
        data=[{"value": value, "label": text} for value, text in choices],
        value=view.option(name),
        allowDeselect=False,
        size="xs",
        comboboxProps=POPOVER | {"width": "max-content"},
        **{"aria-label": label},
    )
    return html.Div([html.Span(label, className="choice-label"), control], className="switch")
