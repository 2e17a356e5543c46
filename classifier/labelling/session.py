"""One sitting: quotation after quotation, each answer kept at once, so that leaving loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from classifier.labelling.keys import DOWN, END, ENTER, LEFT, RIGHT, UP, Keys
from classifier.labelling.label_file import LabelFile
from classifier.labelling.scale import BACK, CODEBOOK, CONTEXT, GUESS, NOTE, QUIT, SKIP, Scale
from classifier.labelling.show import Display
from classifier.labelling.tasks import Task
from classifier.schema import Prediction


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What a labeller works with. ``guess`` judges a task, and is asked only on request."""

    display: Display
    keys: Keys
    scale: Scale
    codebook: Sequence[str]
    guess: Callable[[Task], Prediction]
    annotator: str = "A"


@dataclass(slots=True)
class Tally:
    """How far a sitting came: quotations answered in it, and how many were left."""

    answered: int = 0
    left: int = 0


@dataclass(slots=True)
class _Question:
    """What has happened while one quotation stands on the screen."""

    task: Task
    chosen: int = -1
    note: str = ""


class Session:
    """Asks for the stance of each task. Tasks that have an answer are shown again only by going back."""

    def __init__(self, tasks: Sequence[Task], labels: LabelFile, desk: Desk) -> None:
        self._tasks = tasks
        self._labels = labels
        self._desk = desk
        self._section = 0
        self._saw_guess: set[str] = set()

    def run(self) -> Tally:
        """Ask until all is answered or skipped, or the labeller leaves."""
        before = len(self._labels)
        place = 0
        while 0 <= place < len(self._tasks):
            key = self._ask(place)
            if key in (QUIT, END):
                break
            if key in (BACK, LEFT) and place == 0:
                self._desk.display.say("  this is the first one")
            place = max(0, place - 1) if key in (BACK, LEFT) else place + 1
        left = sum(task.id not in self._labels for task in self._tasks)
        return Tally(len(self._labels) - before, left)

    def _ask(self, place: int) -> str:
        """Put one question until it is answered or left; return the key that did it."""
        question = _Question(self._tasks[place])
        former = self._labels.answer(question.task.id)
        if former and former.get("stance") in self._desk.scale.answers:
            question.chosen = self._desk.scale.answers.index(former["stance"])
        self._show(question, place)
        while True:
            key = self._desk.keys.key()
            answer = self._desk.scale.answer(key)
            if key == ENTER and question.chosen >= 0:
                answer = self._desk.scale.answers[question.chosen]
            if answer is not None:
                self._keep(question, answer)
                return ENTER
            if key in (SKIP, RIGHT, BACK, LEFT, QUIT, END):
                return key
            if key in (UP, DOWN):
                self._move(question, -1 if key == UP else 1)
            elif self._look(question, key):
                self._show(question, place)

    def _show(self, question: _Question, place: int) -> None:
        desk, task = self._desk, question.task
        desk.display.question(task, f"[{place + 1} of {len(self._tasks)}]", self._labels.answer(task.id))
        desk.display.commands(single=desk.keys.single)
        desk.display.choices(desk.scale, question.chosen)

    def _move(self, question: _Question, step: int) -> None:
        count = len(self._desk.scale.answers)
        first = 0 if step > 0 else count - 1
        question.chosen = (question.chosen + step) % count if question.chosen >= 0 else first
        self._desk.display.choices(self._desk.scale, question.chosen, again=True)

    def _look(self, question: _Question, key: str) -> bool:
        """Do what a key asks for; tell whether the question has to be shown again."""
        display = self._desk.display
        if key == CONTEXT:
            display.context(question.task)
        elif key == CODEBOOK:
            self._read_on()
        elif key == GUESS:
            display.guess(self._desk.guess(question.task))
            self._saw_guess.add(question.task.id)
        elif key == NOTE:
            display.say("  note, then Enter:")
            question.note = self._desk.keys.line().strip()
        elif key:
            display.say(display.wrapped(f"{key!r} is no answer and no command"))
        return bool(key)

    def _read_on(self) -> None:
        """Show the codebook's next piece: the whole at once would push the question far up."""
        pieces = self._desk.codebook
        number = self._section % len(pieces)
        self._section += 1
        more = f"(codebook, part {number + 1} of {len(pieces)}; {CODEBOOK} shows the next)"
        display = self._desk.display
        display.say("\n" + display.wrapped(pieces[number], "| ") + "\n" + display.wrapped(more))

    def _keep(self, question: _Question, answer: str) -> None:
        task = question.task
        former = self._labels.answer(task.id)
        if former and former.get("stance") == answer and not question.note:
            return
        row: dict[str, Any] = {**task.row, "stance": answer, "annotator": self._desk.annotator}
        if note := question.note or (former or {}).get("note"):
            row["note"] = note
        if task.id in self._saw_guess or (former or {}).get("guess_shown"):
            row["guess_shown"] = True
        self._labels.append(row)
        self._desk.display.say(f"  kept: {answer}")
