"""What people see in a terminal: predictions and articles as text."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Mapping
from typing import TextIO

from classifier.commands import safe
from classifier.schema import NEUTRAL, PRO_ENFORCEMENT, PRO_SANCTUARY, Article, Prediction

#: Terminal colours (SGR codes) of the stances; other label names are shown plain.
_COLOURS = {PRO_ENFORCEMENT: "31", PRO_SANCTUARY: "34", NEUTRAL: "33"}
_BAR = 30


def wants_colour(choice: str, stream: TextIO) -> bool:
    """Decide whether to colour: ``always``, ``never``, or ``auto`` (a terminal, and no ``NO_COLOR``)."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _paint(text: str, stance: str, colour: bool) -> str:
    code = _COLOURS.get(stance)
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code else text


def _bars(probabilities: Mapping[str, float], colour: bool) -> list[str]:
    width = max(map(len, probabilities))
    lines = []
    for label, p in probabilities.items():
        filled = round(p * _BAR)
        bar = "█" * filled + "·" * (_BAR - filled)
        lines.append(f"  {safe(label):<{width}}  {_paint(bar, label, colour)} {p:6.1%}")
    return lines


def prediction_text(prediction: Prediction, *, colour: bool = False) -> str:
    """Return one prediction for people: the answer in words, then a bar a stance."""
    answer = _paint(safe(prediction.stance), prediction.stance, colour)
    if prediction.abstained:
        answer = f"can't tell ({prediction.reason}); nearest: {answer}"
    return "\n".join([answer, *_bars(prediction.probabilities, colour)])


def article_text(article: Article, *, colour: bool = False) -> str:
    """Return an article's speakers, each with their quotations and stances, for people."""
    width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 120))
    lines = [f"{safe(str(article.id))}: {len(article.quotations)} quotations"]
    sides = {speaker.name: speaker for speaker in article.speakers}
    names = dict.fromkeys(q.speaker.name if q.speaker else "(unknown speaker)" for q in article.quotations)
    for name in names:
        side = sides.get(name)
        stance = ""
        if side is not None:
            stance = f" - {_paint(safe(side.stance), side.stance, colour)} {side.probabilities[side.stance]:.0%}"
        lines.append(f"\n{safe(name)}{stance}")
        for quotation, prediction in zip(article.quotations, article.predictions or (), strict=True):
            if (quotation.speaker.name if quotation.speaker else "(unknown speaker)") != name:
                continue
            share = prediction.probabilities[prediction.stance]
            mark = "?" if prediction.abstained else " "
            label = f"{prediction.stance} {share:4.0%}{mark}"
            said = " ".join(safe(quotation.text).split())
            said = said if quotation.kind == "indirect" else f"“{said}”"
            body = textwrap.wrap(said, width - 26) or [said]
            lines.append(f"  {_paint(f'{label:<22}', prediction.stance, colour)}  {body[0]}")
            lines += [" " * 26 + more for more in body[1:]]
    return "\n".join(lines)
