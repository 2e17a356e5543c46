"""What is to be labelled: each quotation of an article as the line that a label file will hold."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from classifier.errors import InputError, LabelsError
from classifier.quotes import extract_quotes
from classifier.schema import Prediction, Quotation, Span

if TYPE_CHECKING:
    from classifier.stance.model import StanceModel

#: The edition of ``labels/CODEBOOK.md`` that answers are given by.
CODEBOOK = "1.0"


@dataclass(frozen=True, slots=True)
class Task:
    """One quotation to label.

    ``row`` is its line in a label file, still without ``stance``, ``annotator`` and ``note``;
    ``article`` is the text that the row's offsets point into.
    """

    row: Mapping[str, Any]
    article: str
    quotation: Quotation

    @property
    def id(self) -> str:
        """The same for the same words of the same article, whenever and wherever they are labelled."""
        return str(self.row["id"])

    @property
    def document(self) -> tuple[str, str]:
        """The article's name and the hash of its bytes."""
        return str(self.row["doc"]), str(self.row["doc_sha256"])


def _with_text(span: Span | None, article: str) -> dict[str, Any] | None:
    return span.as_json(article) if span else None


def tasks_of(name: str, article: str, data: bytes, *, indirect: bool = False) -> list[Task]:
    """Return what is to be labelled in one article, in reading order.

    Args:
        name: the article's path; the rows keep the file's name.
        article: its text.
        data: the bytes that the text was read from; their hash ties the offsets to them.
        indirect: also statements reported without quotation marks.
    """
    digest = hashlib.sha256(data).hexdigest()
    tasks = []
    for quotation in extract_quotes(article, indirect=indirect):
        found = quotation.as_json(article)
        row = {
            "id": f"{digest[:12]}-{quotation.parts[0].start}-{quotation.parts[-1].end}",
            "doc": PurePath(name).name,
            "doc_sha256": digest,
            "parts": found["parts"],
            "text": quotation.text,
            "context": _with_text(quotation.context, article),
            "kind": quotation.kind,
            "speaker": found["speaker"],
            "cue": found["cue"],
            "codebook": CODEBOOK,
        }
        tasks.append(Task(row, article, quotation))
    return tasks


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer from another tool: the task's row as it was exported, the stance, who gave it and a note."""

    row: Mapping[str, Any]
    stance: str
    annotator: str = ""
    note: str = ""


def settled(row: Mapping[str, Any], given: Sequence[tuple[str, str]], notes: Sequence[str]) -> Answer:
    """Make one answer of ``(stance, who)`` as several people gave them: the commonest, of a tie the first."""
    stance = Counter(stance for stance, _ in given).most_common(1)[0][0]
    who = next(name for found, name in given if found == stance)
    return Answer(row, stance, who, " / ".join(note for note in notes if note))


class Guesses:
    """What the model says of each task, worked out when first asked for: most labelling never asks.

    ``tasks`` must hold whole articles: a quotation is judged beside its speaker's others.
    """

    def __init__(self, tasks: Sequence[Task], model: Callable[[], StanceModel]) -> None:
        self._tasks = tasks
        self._load = model
        self._found: dict[str, Prediction] = {}
        self._model: StanceModel | None = None

    @property
    def model(self) -> StanceModel:
        """The model, opened once."""
        if self._model is None:
            self._model = self._load()
        return self._model

    def of(self, task: Task) -> Prediction:
        """Return the model's answer to one of the tasks.

        Raises:
            InputError: it is none of them.
        """
        if not self._found:
            self._found = self._judge()
        if task.id not in self._found:
            raise InputError(f"{task.id}: not one of the {len(self._found)} quotations that were read")
        return self._found[task.id]

    def _judge(self) -> dict[str, Prediction]:
        from classifier.stance.speakers import judge  # noqa: PLC0415  numpy only where a guess is asked for

        articles: dict[tuple[str, str], list[Task]] = {}
        for task in self._tasks:
            articles.setdefault(task.document, []).append(task)
        groups = list(articles.values())
        read = [(group[0].document[0], group[0].article, [t.quotation for t in group]) for group in groups]
        return {
            task.id: prediction
            for group, article in zip(groups, judge(self.model, read), strict=True)
            for task, prediction in zip(group, article.predictions or (), strict=True)
        }


def read_list(path: Path, *, expected: str) -> list[Any]:
    """Return the JSON list that another tool exported.

    Raises:
        LabelsError: not JSON, or not a list; the message says what was ``expected``.
    """
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise LabelsError(f"{path}: no such file; expected {expected}") from None
    except OSError as error:
        raise LabelsError(f"{path}: can't be read: {error.strerror}; expected {expected}") from None
    except ValueError as error:
        raise LabelsError(f"{path}: can't be read as JSON: {error}") from None
    if not isinstance(found, list):
        raise LabelsError(f"{path}: found {type(found).__name__}, expected {expected}")
    return found
