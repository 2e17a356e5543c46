"""``samples.jsonl``: a line an item with everything known of it, read back to compare runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from classifier.errors import ClassifierError
from classifier.files import write_whole
from classifier.schema import STANCES
from eval.judged import Judged
from eval.metrics import Array

#: Decimal places of the probabilities in samples.jsonl.
PLACES: Final = 6


class SamplesError(ClassifierError):
    """An earlier run's samples can't be read."""


def sample_rows(judged: Judged) -> Iterator[dict[str, Any]]:
    """One row an item of a set, in its order."""
    answers = judged.model
    for place, item in enumerate(judged.items):
        row: dict[str, Any] = {
            "set": judged.name,
            "id": item.id,
            "group": judged.groups[place],
            "text": item.text,
            "context": item.context,
            "speaker": item.speaker or None,
            "kind": item.kind or None,
            "gold": item.stance,
            "predicted": judged.labels[int(answers.numbers[place])],
            "probabilities": {
                label: round(float(p), PLACES)
                for label, p in zip(judged.labels, answers.probabilities[place], strict=True)
            },
            "abstained": bool(answers.abstained[place]) if answers.abstained is not None else False,
            "off_topic": round(float(answers.off_topic[place]), PLACES) if answers.off_topic is not None else None,
        }
        if judged.reasons:
            reasons = judged.reasons[place]
            row["nearest"] = [
                {"id": n.id, "stance": n.stance, "similarity": round(n.similarity, 4), "text": n.text}
                for n in reasons.neighbours
            ]
            row["words"] = [[word, round(weight, 4)] for word, weight in reasons.words]
        yield row


def write_samples(path: Path, sets: Iterable[Judged]) -> None:
    """Write every item of every set."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for judged in sets for row in sample_rows(judged)]
    write_whole(path, "".join(lines).encode("utf-8", "backslashreplace"))


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier run's answers: probabilities by set and id, with the text that was judged."""

    source: str
    answers: Mapping[tuple[str, str], tuple[str, Mapping[str, float]]]

    def matching(self, judged: Judged) -> tuple[list[int], Array]:
        """Places of the items that the earlier run judged too, and its probabilities ``(n, labels)`` of them."""
        places, rows = [], []
        for place, item in enumerate(judged.items):
            text, probabilities = self.answers.get((judged.name, item.id), (None, {}))
            if text == item.text and set(judged.labels) <= probabilities.keys():
                places.append(place)
                rows.append([probabilities[label] for label in judged.labels])
        return places, np.array(rows).reshape(len(rows), len(judged.labels))


def _row(line: str, *, where: str) -> tuple[tuple[str, str], tuple[str, Mapping[str, float]]]:
    try:
        row = json.loads(line)
        found = row["probabilities"]
        probabilities = {str(label): float(p) for label, p in found.items()}
        return (str(row.get("set", "seeds")), str(row["id"])), (str(row["text"]), probabilities)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SamplesError(
            f"{where}: not a sample ({type(error).__name__}: {error}); expected a JSON object with set, id, "
            f"text and probabilities ({', '.join(STANCES)}), as eval/reports/latest/samples.jsonl has them"
        ) from None


def read_samples(path: Path) -> Earlier:
    """Read an earlier run's ``samples.jsonl``.

    Raises:
        SamplesError: missing, unreadable, or a line that is no sample (named).
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SamplesError(f"{path}: no such file; expected the samples.jsonl of an earlier report") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SamplesError(
            f"{path}: can't be read ({error}); expected the samples.jsonl of an earlier report"
        ) from None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return Earlier(str(path), dict(_row(line, where=f"{path}, line {number}") for number, line in lines))


def unique_names(paths: Sequence[Path], *, taken: Sequence[str]) -> list[str]:
    """A name for each outside set: its file's stem, numbered where that is taken."""
    names: list[str] = []
    for path in paths:
        stem = path.stem or "set"
        name, number = stem, 2
        while name in taken or name in names:
            name, number = f"{stem}-{number}", number + 1
        names.append(name)
    return names
