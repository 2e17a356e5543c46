"""An explanation in words: what spoke for an answer, which words weighed most, what is nearest."""

from __future__ import annotations

import textwrap

from classifier.commands import safe
from classifier.schema import Explanation

#: Longest excerpt of a nearest quotation, in characters.
_EXCERPT = 110
#: Log-odds below which nothing is said to have weighed.
_LITTLE = 0.05


def _line(text: str) -> str:
    return safe(" ".join(text.split()))


def _weights(pairs: list[tuple[str, float]]) -> str:
    told = [f"{_line(name)} {weight:+.1f}" for name, weight in pairs if abs(weight) >= _LITTLE]
    return ", ".join(told) or "nothing much"


def explanation_lines(explanation: Explanation, width: int) -> list[str]:
    """Return an explanation for people, wrapped to ``width`` columns; weights are log-odds."""
    against = f"{_line(explanation.stance)} rather than {_line(explanation.against)}"
    paragraphs = [
        f"why {against}: {_weights(list(explanation.sources.items()))}",
        f"words that weighed most: {_weights(list(explanation.words))}",
    ]
    for stance, nearest in explanation.neighbours.items():
        quoted = "; ".join(f'"{textwrap.shorten(_line(n.text), _EXCERPT, placeholder=" …")}"' for n in nearest)
        paragraphs.append(f"nearest labelled {_line(stance)}: {quoted or 'none'}")
    return [
        line
        for paragraph in paragraphs
        for line in textwrap.wrap(paragraph, max(width, 20), initial_indent="  ", subsequent_indent="    ")
    ]
