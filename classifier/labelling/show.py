"""What the labeller sees: the question, its context, the codebook, on standard error."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from classifier.commands import safe
from classifier.errors import DocumentError
from classifier.labelling.scale import COMMANDS, Scale
from classifier.labelling.tasks import Task
from classifier.render import Screen, prediction_text
from classifier.schema import Prediction

#: Code points of the article shown before and after a quotation's own sentences.
AROUND = 700
_INDENT = "  "
#: The end of a line that Markdown runs on: no heading, row of a table or item of a list ends or begins there.
_LINE_IN_PARAGRAPH = re.compile(r"(?<=[^\n|])\n *(?=[^\s|#\-*\d])")


@dataclass(frozen=True, slots=True)
class Display:
    """Writes what is asked, and what was asked for, to a stream as wide as ``on`` says."""

    stream: TextIO
    on: Screen

    def say(self, text: str = "") -> None:
        """Write lines; what came from an article has gone through :meth:`wrapped`."""
        print(text, file=self.stream, flush=True)

    def wrapped(self, text: str, indent: str = _INDENT) -> str:
        """Return text as paragraphs of the terminal's width, without anything a terminal would obey."""
        width = max(self.on.width, 20)
        paragraphs = (" ".join(safe(part).split()) for part in text.splitlines())
        return "\n".join(
            textwrap.fill(p, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
            for p in paragraphs
            if p
        )

    def question(self, task: Task, place: str, former: Mapping[str, Any] | None) -> None:
        """Show a quotation in its sentence, who said it, and the answer it has already."""
        quotation = task.quotation
        said = quotation.text if quotation.kind == "indirect" else self.on.plain(f"“{quotation.text}”")
        speaker = quotation.speaker
        about = (speaker.title, speaker.name, speaker.place) if speaker else ("speaker not found",)
        self.say("\n" + self.wrapped(f"{place}  {task.row['doc']}", ""))
        self.say(self.wrapped(f"{', '.join(part for part in about if part)} ({quotation.kind}):"))
        self.say(self.wrapped(said, _INDENT * 2))
        sentence = quotation.context.of(task.article)
        if len(sentence.strip(" “”\"'")) > len(quotation.text) + 2:
            self.say(self.wrapped(f"in: {sentence}"))
        if former is not None:
            note = f" (note: {former['note']})" if former.get("note") else ""
            self.say(self.wrapped(f"answered before: {former.get('stance')}{note}"))

    def context(self, task: Task) -> None:
        """Show the article around a quotation, most of it what stands before: by the codebook that decides."""
        span, article = task.quotation.context, task.article
        start, end = max(0, span.start - AROUND), min(len(article), span.end + AROUND // 2)
        cut = self.on.plain("…")
        text = f"{cut if start else ''}{article[start:end]}{cut if end < len(article) else ''}"
        self.say("\n" + self.wrapped(text, "| "))

    def guess(self, prediction: Prediction) -> None:
        """Show what the model says."""
        self.say("\n" + textwrap.indent(prediction_text(prediction, self.on), _INDENT))

    def choices(self, scale: Scale, chosen: int, *, again: bool = False) -> None:
        """Show the answers, ``chosen`` marked; ``again`` draws them over those shown last."""
        up, clear = (f"\x1b[{len(scale.answers)}A", "\x1b[K") if again else ("", "")
        lines = []
        for number, (answer, letter) in enumerate(zip(scale.answers, scale.letters, strict=True)):
            mark = ">" if number == chosen else " "
            lines.append(
                f"{_INDENT}{mark} {number + 1} {letter or ' '}  {self.on.paint(safe(answer), answer)}{clear}"
            )
        self.say(up + "\n".join(lines))

    def commands(self, *, single: bool) -> None:
        """Show the keys."""
        keys = ", ".join(f"{key} {words}" for key, words in COMMANDS.items())
        how = "arrows and Enter choose; " if single else "type one, then Enter; "
        self.say(self.wrapped(how + keys))


def codebook_sections(path: Path | None = None) -> list[str]:
    """Return the codebook in pieces, one a heading.

    ``None`` is the project's own: of the checkout, else the one in the package.

    Raises:
        DocumentError: the file named can't be read.
    """
    package = Path(__file__).resolve().parent
    places = [path] if path else [package.parents[1] / "labels" / "CODEBOOK.md", package / "CODEBOOK.md"]
    for place in places:
        try:
            text = place.read_text("utf-8")
        except (OSError, ValueError) as error:
            if path:
                raise DocumentError(f"{path}: the codebook can't be read: {error}") from None
            continue
        text = _LINE_IN_PARAGRAPH.sub(" ", text)
        return [part.strip() for part in re.split(r"^(?=## )", text, flags=re.MULTILINE) if part.strip()]
    return ["The codebook is not installed; name one with --codebook FILE."]
