"""Argilla's form of a dataset on disk (version 2): settings and records with suggestions out, responses in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from classifier.errors import LabelsError
from classifier.files import write_whole
from classifier.labelling.scale import Scale
from classifier.labelling.tasks import Answer, Task, read_list, settled
from classifier.schema import Prediction

RECORDS: Final = "records.json"
_SETTINGS: Final = Path(".argilla", "settings.json")
_DATASET: Final = Path(".argilla", "dataset.json")
#: Names of the question, and of the metadata under which a record carries its row, to come back with the response.
STANCE, NOTE, ROW = "stance", "note", "row"
_FIELDS: Final = ("text", "context", "speaker", "document")


def settings(scale: Scale) -> dict[str, Any]:
    """Return the dataset's settings: four text fields, the question for the stance, one for a note."""
    options = [{"value": answer, "text": answer, "description": None} for answer in scale.answers]
    stance = {"type": "label_selection", "options": options, "visible_options": max(3, len(options))}
    return {
        "guidelines": "What do these words, in this place, speak for? The codebook decides: labels/CODEBOOK.md.",
        "fields": [
            {"name": name, "title": name, "required": name == "text", "settings": {"type": "text"}}
            for name in _FIELDS
        ],
        "questions": [
            {"name": STANCE, "title": STANCE, "required": True, "settings": stance},
            {"name": NOTE, "title": NOTE, "required": False, "settings": {"type": "text"}},
        ],
        "vectors": [],
        "metadata": [],
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": 1},
        "mapping": None,
    }


def _record(task: Task, prediction: Prediction, made_by: str, scale: Scale) -> dict[str, Any]:
    row = task.row
    share = round(prediction.probabilities[prediction.stance], 4)
    suggestion = {STANCE: {"value": prediction.stance, "score": share, "agent": made_by}}
    speaker = (row["speaker"] or {}).get("name", "speaker not found")
    return {
        "id": task.id,
        "fields": {
            "text": row["text"],
            "context": row["context"]["text"],
            "speaker": speaker,
            "document": row["doc"],
        },
        "metadata": {ROW: json.dumps(row, ensure_ascii=False)},
        "suggestions": suggestion if prediction.stance in scale.answers else {},
        "responses": {},
        "vectors": {},
    }


def write_tasks(
    out: Path, tasks: Sequence[Task], predictions: Sequence[Prediction], *, scale: Scale, made_by: str
) -> list[Path]:
    """Write a folder for ``rg.Dataset.from_disk``; return its path.

    All characters beyond ASCII are escaped: Argilla reads with the machine's own encoding.
    """
    files = {
        _DATASET: {"name": out.name},
        _SETTINGS: settings(scale),
        Path(RECORDS): [_record(t, p, made_by, scale) for t, p in zip(tasks, predictions, strict=True)],
    }
    (out / _SETTINGS.parent).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(out / name, (json.dumps(content, indent=1) + "\n").encode("ascii"))
    return [out]


def read_answers(path: Path) -> Iterator[Answer]:
    """Read the responses of what ``dataset.to_disk`` or ``dataset.records.to_json`` wrote.

    Of several people's responses to one record the commonest counts.

    Raises:
        LabelsError: not such a file, or not of records that were made here.
    """
    path = path / RECORDS if path.is_dir() else path
    records = read_list(path, expected="a list of records")
    for number, record in enumerate(records, 1):
        try:
            row = json.loads(record["metadata"][ROW])
        except (KeyError, TypeError, ValueError):
            raise LabelsError(
                f"{path}, record {number}: found no metadata.{ROW}; expected records that --export made"
            ) from None
        responses = record.get("responses") or {}
        given = [(response["value"], str(response.get("user_id") or "")) for response in responses.get(STANCE, [])]
        if given:
            yield settled(row, given, [str(note.get("value") or "") for note in responses.get(NOTE, [])])
