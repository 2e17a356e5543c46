"""What people see in a terminal: predictions and articles as text, at any width."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from classifier.commands import safe
from classifier.schema import NEUTRAL, PRO_ENFORCEMENT, PRO_SANCTUARY, Article, Prediction, Quotation
from classifier.tally import Voice, balance, in_words, judged, plural, voices
from classifier.why import explanation_lines

#: Terminal colours (SGR codes) of the stances; other label names are shown plain.
_COLOURS = {PRO_ENFORCEMENT: "31", PRO_SANCTUARY: "34", NEUTRAL: "33"}
_DIM = "2"
_WIDEST, _BAR = 120, 30
#: Narrower than this, a quotation stands below its speaker and stance instead of beside them.
_TABLE_WIDTH = 72
_SPEAKER_WIDTH = 24
#: For terminals that can't show them.
_PLAIN = str.maketrans({"█": "#", "·": ".", "“": '"', "”": '"', "─": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class Screen:
    """What a terminal shows: ``width`` columns, colours or none, more than ASCII or not."""

    width: int = 100
    colour: bool = False
    unicode: bool = True

    def paint(self, text: str, answer: str) -> str:
        """Return ``text`` in the colour of an answer, dim where it is no stance."""
        code = _COLOURS.get(answer) or (_DIM if answer in ("unsure", "off topic") else None)
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code else text

    def plain(self, text: str) -> str:
        """Return our own bars and marks as the terminal can show them."""
        return text if self.unicode else text.translate(_PLAIN)


def wants_colour(choice: str, stream: TextIO) -> bool:
    """Decide whether to colour: ``always``, ``never``, or ``auto`` (a terminal, and no ``NO_COLOR``)."""
    if choice != "auto":
        return choice == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def screen(choice: str, stream: TextIO) -> Screen:
    """Return what ``stream`` can show, given ``--color``; 100 columns where it is no terminal."""
    try:
        "█·“”─…".encode(getattr(stream, "encoding", None) or "ascii")
        unicode = True
    except (UnicodeEncodeError, LookupError):
        unicode = False
    width = shutil.get_terminal_size((100, 24)).columns
    return Screen(max(1, min(width, _WIDEST)), wants_colour(choice, stream), unicode)


def _one_line(text: str) -> str:
    """Text as a terminal may show it, on one line: its own line ends and tabs are spaces."""
    return safe(" ".join(text.split()))


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 1), break_on_hyphens=False) or [""]


def _bars(prediction: Prediction, on: Screen) -> list[str]:
    names = [_one_line(label) for label in prediction.probabilities]
    room = on.width - max(map(len, names)) - 11
    lines = []
    for name, (label, p) in zip(names, prediction.probabilities.items(), strict=True):
        head = f"  {name:<{max(map(len, names))}}  "
        if room >= 5:
            filled = round(p * min(room, _BAR))
            head += on.paint(on.plain("█" * filled + "·" * (min(room, _BAR) - filled)), label) + " "
        lines.append(f"{head}{p:6.1%}")
    return lines


def prediction_text(prediction: Prediction, on: Screen | None = None) -> str:
    """Return one prediction for people: the answer in words, then a bar a stance."""
    on = on or Screen()
    stance = _one_line(prediction.stance)
    if not prediction.abstained:
        answer = [on.paint(stance, prediction.stance)]
    else:
        reason = _one_line(prediction.reason or "unsure")
        nearest = "" if stance in reason else f"; nearest: {stance}"
        answer = _wrap(f"can't tell: {reason}{nearest}", on.width)
    why = explanation_lines(prediction.explanation, on.width) if prediction.explanation else []
    return "\n".join([*answer, *_bars(prediction, on), *why])


def _quoted(quotation: Quotation, on: Screen) -> str:
    said = _one_line(quotation.text)
    return said if quotation.kind == "indirect" else on.plain(f"“{said}”")


def _verdict(prediction: Prediction) -> str:
    if prediction.abstained:
        return f"can't tell: {_one_line(prediction.answer)}"
    return f"{_one_line(prediction.stance)} {prediction.probabilities[prediction.stance]:.0%}"


def _row(first: Sequence[str], second: Sequence[str], third: Sequence[str], widths: tuple[int, int]) -> list[str]:
    """Return one row of three columns, each given as lines; the second is ``(text to show, as painted)``."""
    plain, painted = second
    rows = []
    for line in range(max(len(first), len(third), 1)):
        left = first[line] if line < len(first) else ""
        middle = painted + " " * (widths[1] - len(plain)) if line == 0 else " " * widths[1]
        right = third[line] if line < len(third) else ""
        rows.append(f"{left:<{widths[0]}}  {middle}  {right}".rstrip())
    return rows


def _table(article: Article, found: Sequence[Voice], on: Screen) -> list[str]:
    predictions = judged(article)
    verdicts = [_verdict(p) for p in predictions]
    longest = max(len(_one_line(voice.name)) for voice in found)
    widths = (min(max(longest, 7), _SPEAKER_WIDTH), max(6, *map(len, verdicts)))
    room = on.width - sum(widths) - 4
    line = on.plain("─")
    lines = _row(["speaker"], ("stance", "stance"), ["quotation"], widths)
    lines += [f"{line * widths[0]}  {line * widths[1]}  {line * room}"]
    for voice in found:
        name = _wrap(_one_line(voice.name), widths[0])
        for place in voice.places:
            painted = on.paint(verdicts[place], predictions[place].answer)
            said = _wrap(_quoted(article.quotations[place], on), room)
            lines += _row(name, (verdicts[place], painted), said, widths)
            name = []
    return lines


def _list(article: Article, found: Sequence[Voice], on: Screen) -> list[str]:
    """The same for a narrow terminal: name, then stance and words below each other."""
    lines = []
    indent = "  " if on.width > 20 else ""
    for voice in found:
        lines += ["", *_wrap(_one_line(voice.name), on.width)]
        for place in voice.places:
            prediction = judged(article)[place]
            lines += [
                indent + on.paint(row, prediction.answer) for row in _wrap(_verdict(prediction), on.width - 2)
            ]
            said = _wrap(_quoted(article.quotations[place], on), on.width - 2 * len(indent))
            lines += [indent * 2 + row for row in said]
    return lines


def _speakers(found: Sequence[Voice], article: Article, on: Screen) -> list[str]:
    """What each speaker of more than one quotation says taken together."""
    lines = []
    for voice in found:
        side = voice.side
        if side is None or len(voice.places) < 2:
            continue
        together = f"{_one_line(side.stance)} {side.probabilities[side.stance]:.0%}"
        counts = in_words(balance([judged(article)[place] for place in voice.places]))
        lines += _wrap(f"{_one_line(voice.name)}: {together} taken together ({_one_line(counts)})", on.width)
    return ["", *lines] if lines else []


def _reasons(found: Sequence[Voice], article: Article, on: Screen) -> list[str]:
    lines = []
    for voice in found:
        for place in voice.places:
            why = judged(article)[place].explanation
            if why is not None:
                said = _quoted(article.quotations[place], on)
                lines += [
                    "",
                    *_wrap(f"{_one_line(voice.name)}: {said}", on.width),
                    *explanation_lines(why, on.width),
                ]
    return lines


def article_text(article: Article, on: Screen | None = None) -> str:
    """Return an article's quotations by speaker, with their stances, for people."""
    on = on or Screen()
    counts = in_words(balance(judged(article)))
    title = f"{_one_line(str(article.id))}: {plural(len(article.quotations), 'quotation')}"
    lines = _wrap(f"{title} ({_one_line(counts)})" if counts else title, on.width)
    if not article.quotations:
        return "\n".join(lines)
    found = voices(article)
    if on.width >= _TABLE_WIDTH:
        lines += ["", *_table(article, found, on)]
    else:
        lines += _list(article, found, on)
    return "\n".join([*lines, *_speakers(found, article, on), *_reasons(found, article, on)])
