"""From results to pages; no figure is computed here."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.judged import Judged
from eval.metrics import FIGURES
from eval.plots import Picture, learning_picture, pictures

Json = dict[str, Any]
TEMPLATES: Final = Path(__file__).parent / "templates"
#: Longest report.md in bytes; the contract has 64 KB.
MOST_BYTES: Final = 60_000
_TITLES: Final = {name: figure.title for name, figure in FIGURES.items()}


def number(value: float | None) -> str:
    """Two places; a dash for none."""
    return "–" if value is None else f"{value:.2f}"


def signed(value: float | None) -> str:
    """Two places with their sign; no sign for zero."""
    if value is None:
        return "–"
    return f"{value:+.2f}" if abs(value) >= 0.005 else "0.00"


def percent(value: float | None) -> str:
    """Whole percent; a dash for none."""
    return "–" if value is None else f"{value:.0%}"


def span(interval: Mapping[str, Any]) -> str:
    """An interval's ends, or why there are none."""
    if interval["low"] is None:
        return str(interval["method"])
    return f"{number(interval['low'])} to {number(interval['high'])}"


def percent_span(interval: Mapping[str, Any]) -> str:
    """An interval's ends in whole percent, or why there are none."""
    if interval["low"] is None:
        return str(interval["method"])
    return f"{percent(interval['low'])} to {percent(interval['high'])}"


def p_value(value: float) -> str:
    """Three places, or that it is smaller."""
    return "< .001" if value < 0.001 else f"{value:.3f}"


def markdown_text(text: str) -> str:
    """Text that Markdown takes as it stands: no markup, no HTML, no cell end, one line."""
    plain = " ".join(text.split())
    return "".join("\\" + c if c in "\\`*_{}[]<>()#+!|~&$@-" else c for c in plain)


def anchor(name: str) -> str:
    """A set's name as part of an id in the page: letters, digits and hyphens."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in name)


def data_uri(svg: str) -> str:
    """An SVG image as a data URI."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _environment(*, escape: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=escape,  # noqa: S701  off for Markdown alone, where texts go through markdown_text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters = (number, signed, percent, span, percent_span, p_value, data_uri, anchor)
    environment.filters |= {f.__name__: f for f in filters} | {"md": markdown_text}
    return environment


def markdown(results: Json, errors: Mapping[str, Sequence[Json]]) -> str:
    """The report as Markdown, made for a CI job's summary: below 64 KB, the longest lists cut first."""
    template = _environment(escape=False).get_template("report.md.j2")
    for most in (40, 10, 3, 0):
        text = template.render(**results, errors=errors, titles=_TITLES, most=most)
        if len(text.encode()) <= MOST_BYTES:
            break
    return text.encode()[:MOST_BYTES].decode(errors="ignore")


def html(results: Json, errors: Mapping[str, Sequence[Json]], sets: Sequence[Judged]) -> str:
    """The report as one HTML file without any outside resource; every text is escaped by the template."""
    images: dict[str, list[Picture]] = {
        judged.name: pictures(results["sets"][judged.name], judged) for judged in sets
    }
    titles = {name: block["title"] for name, block in results["sets"].items()}
    curve = learning_picture(results["learning_curve"], titles)
    template = _environment(escape=True).get_template("report.html.j2")
    return template.render(**results, errors=errors, titles=_TITLES, images=images, curve=curve)
