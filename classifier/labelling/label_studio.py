"""Label Studio's JSON: tasks with predictions and a labelling configuration out, annotations in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from classifier.errors import LabelsError
from classifier.files import write_whole
from classifier.labelling.scale import Scale
from classifier.labelling.tasks import Answer, Task, read_list, settled
from classifier.schema import Prediction

#: Names of the configuration's parts, by which annotations refer to them.
TEXT, STANCE, NOTE = "text", "stance", "note"
#: The key under which a task carries its row, to come back with the annotation.
ROW: Final = "row"


def configuration(scale: Scale) -> str:
    """Return the labelling configuration: the quotation, its sentence, the answers with their keys, a note."""
    view = ET.Element("View")
    ET.SubElement(view, "Header", value="$speaker")
    ET.SubElement(view, "Text", name=TEXT, value="$text")
    ET.SubElement(view, "Header", value="$document", size="5")
    ET.SubElement(view, "Text", name="sentence", value="$context")
    choices = ET.SubElement(view, "Choices", name=STANCE, toName=TEXT, choice="single", required="true")
    for answer, letter in zip(scale.answers, scale.letters, strict=True):
        ET.SubElement(choices, "Choice", {"value": answer, **({"hotkey": letter} if letter else {})})
    ET.SubElement(view, "TextArea", name=NOTE, toName=TEXT, placeholder="note", required="false")
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _task(task: Task, prediction: Prediction, made_by: str, scale: Scale) -> dict[str, Any]:
    row = task.row
    share = round(prediction.probabilities[prediction.stance], 4)
    result = {
        "id": task.id,
        "from_name": STANCE,
        "to_name": TEXT,
        "type": "choices",
        "value": {"choices": [prediction.stance]},
        "score": share,
    }
    data = {
        "text": row["text"],
        "context": row["context"]["text"],
        "speaker": (row["speaker"] or {}).get("name", "speaker not found"),
        "document": row["doc"],
        ROW: row,
    }
    guess = {"model_version": made_by, "score": share, "result": [result]}
    return {"data": data, "predictions": [guess] if prediction.stance in scale.answers else []}


def write_tasks(
    out: Path, tasks: Sequence[Task], predictions: Sequence[Prediction], *, scale: Scale, made_by: str
) -> list[Path]:
    """Write the tasks to ``out`` and the configuration beside it; return both paths."""
    rows = [_task(task, prediction, made_by, scale) for task, prediction in zip(tasks, predictions, strict=True)]
    write_whole(out, (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"))
    beside = out.with_suffix(".config.xml")
    write_whole(beside, configuration(scale).encode())
    return [out, beside]


def read_answers(path: Path) -> Iterator[Answer]:
    """Read what Label Studio's export in its form "JSON" holds.

    Cancelled annotations are left out; of several people's the commonest counts.

    Raises:
        LabelsError: not such an export, or not of tasks that were made here.
    """
    tasks = read_list(path, expected="the list of tasks of an export as JSON")
    for number, task in enumerate(tasks, 1):
        where = f"{path}, task {number}"
        row = task.get("data", {}).get(ROW) if isinstance(task, dict) else None
        if not isinstance(row, dict) or "annotations" not in task:
            raise LabelsError(
                f"{where}: found no data.{ROW} and annotations; expected tasks that --export made, "
                'exported from Label Studio as "JSON" (not "JSON-MIN")'
            )
        given = [_given(annotation) for annotation in task["annotations"] if not annotation.get("was_cancelled")]
        answers = [(stance, who) for stance, who, _ in given if stance]
        if answers:
            yield settled(row, answers, [note for _, _, note in given])


def _given(annotation: Mapping[str, Any]) -> tuple[str, str, str]:
    """One annotation's stance (empty where none was chosen), who made it, and the note."""
    values = {result.get("from_name"): result.get("value", {}) for result in annotation.get("result", [])}
    chosen = values.get(STANCE, {}).get("choices", [])
    by = annotation.get("completed_by")
    who = by.get("email", by.get("id", "")) if isinstance(by, dict) else by
    return "".join(chosen[:1]), "" if who is None else str(who), " ".join(values.get(NOTE, {}).get("text", []))
