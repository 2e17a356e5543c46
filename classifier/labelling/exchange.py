"""To other labelling tools and back: quotations with the model's predictions out, people's answers in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Final

from classifier.errors import InputError, LabelsError
from classifier.labelling import argilla, label_studio
from classifier.labelling.label_file import LabelFile
from classifier.labelling.scale import scale_of
from classifier.labelling.tasks import Guesses, Task

_TOOLS: Final[dict[str, ModuleType]] = {"label-studio": label_studio, "argilla": argilla}
#: Names of the formats, as the command takes them.
FORMATS: Final = tuple(_TOOLS)


def _tool(name: str) -> ModuleType:
    if name not in _TOOLS:
        raise InputError(f"found the format {name!r}; expected {' or '.join(FORMATS)}")
    return _TOOLS[name]


def export_tasks(
    name: str,
    out: str,
    *,
    tasks: Sequence[Task],
    guess: Guesses,
    answers: Sequence[str],
    tell: Callable[[str], None],
) -> None:
    """Write tasks in a tool's format, the model's predictions with them as pre-annotations.

    A prediction that is none of ``answers`` (a model of other labels) is left out.

    Raises:
        InputError: no such format.
        LabelsError: the files can't be written.
    """
    tool = _tool(name)
    version = f"sanctuary-stance {guess.model.folder.digest[:12]}"
    predictions = [guess.of(task) for task in tasks]
    try:
        paths = tool.write_tasks(Path(out), tasks, predictions, scale=scale_of(answers), made_by=version)
    except OSError as error:
        raise LabelsError(f"{out}: can't be written: {error.strerror}") from None
    tell(f"{len(tasks)} quotations in {', '.join(map(str, paths))}")


def import_labels(name: str, path: str, *, labels: LabelFile, annotator: str, tell: Callable[[str], None]) -> None:
    """Add a tool's answers to a label file. A quotation that has an answer there keeps it.

    ``annotator`` stands where the tool doesn't say who answered.

    Raises:
        InputError: no such format.
        LabelsError: not that tool's file, or not made from an export of ours.
    """
    added = known = other = 0
    for answer in list(_tool(name).read_answers(Path(path))):
        former = labels.answer(str(answer.row["id"]))
        if former is not None:
            known += 1
            other += former.get("stance") != answer.stance
            continue
        note = {"note": answer.note} if answer.note else {}
        row = {**answer.row, "stance": answer.stance, "annotator": answer.annotator or annotator, **note}
        labels.append({**row, "guess_shown": True})  # both tools show predictions
        added += 1
    nothing = "" if added or known else "; nothing in it has an answer yet"
    tell(f"{labels.path}: {added} added{nothing}")
    if known:
        tell(f"{known} had an answer and keep it, {other} of them another than the new one")
