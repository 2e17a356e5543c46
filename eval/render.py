"""From results to pages; no figure is computed here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.metrics import FIGURES

TEMPLATES = Path(__file__).parent / "templates"


def number(value: float | None) -> str:
    """Two places, or three for what is small."""
    return "–" if value is None else f"{value:.2f}"


def span(interval: dict[str, Any]) -> str:
    """An interval's ends, or why there are none."""
    if interval["low"] is None:
        return str(interval["method"])
    return f"{number(interval['low'])} to {number(interval['high'])}"


def markdown_text(text: str) -> str:
    """Text that Markdown takes as it stands: no markup, no HTML, no cell end, one line."""
    plain = " ".join(text.split())
    return "".join("\\" + c if c in "\\`*_{}[]<>()#+!|~&$@" else c for c in plain)


def markdown(results: dict[str, Any]) -> str:
    """The report as Markdown, made for a CI job's summary."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701  Markdown, not HTML: every text goes through markdown_text
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters |= {"number": number, "span": span, "md": markdown_text}
    titles = {name: figure.title for name, figure in FIGURES.items()}
    return environment.get_template("report.md.j2").render(**results, titles=titles)
