"""Label files: JSON lines (or CSV) of quotations with their stances, checked row by row.

Four kinds of file are read, all into :class:`Labelled` items: the seeds' quotations
(``labels/seeds.jsonl``, offsets into ``seeds/``), written quotes (``labels/authored.jsonl``), off-topic
quotes (``labels/off_topic.jsonl``), and a user's own file with ``text`` and ``stance``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.errors import LabelsError
from classifier.schema import OFF_TOPIC, STANCES

if TYPE_CHECKING:
    from datasets import Dataset


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled quotation. ``group`` holds together what must stay in one fold."""

    id: str
    text: str
    stance: str
    context: str | None = None
    group: str = ""
    voice: str = ""
    topic: str = ""
    speaker: str = ""
    kind: str = ""


def _field(row: dict[str, Any], name: str, *, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        found = "nothing" if value is None else repr(value)[:60]
        raise LabelsError(f"{where}, field {name!r}: found {found}, expected text")
    return value


def label_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row as it stands, unchecked, with its place ("file, line 3").

    Raises:
        LabelsError: no such file, or a line that is no JSON object (or no CSV).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise LabelsError(f"{path}: no such file; expected labels as JSON lines or CSV") from None
    except IsADirectoryError:
        raise LabelsError(f"{path} is a directory; expected a file of labels") from None
    except UnicodeDecodeError as error:
        raise LabelsError(f"{path}: byte at offset {error.start} is not UTF-8; save it as UTF-8") from None
    except (OSError, ValueError) as error:
        raise LabelsError(f"{path}: can't be read: {error}") from None
    if path.suffix.lower() == ".csv":
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        try:
            for record in reader:
                yield f"{path}, line {reader.line_num}", {k: v for k, v in record.items() if k and v}
        except csv.Error as error:
            raise LabelsError(f"{path}, line {reader.line_num}: not CSV: {error}") from None
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise LabelsError(f"{where}: not JSON: {error}") from None
        if not isinstance(row, dict):
            raise LabelsError(f"{where}: found {type(row).__name__}, expected a JSON object with text and stance")
        yield where, row


def _check_offsets(row: dict[str, Any], *, seeds: Path, where: str) -> None:
    """The parts of a seed's quotation must be what stands in the seed at their offsets."""
    name = _field(row, "doc", where=where)
    path = seeds / Path(name).name
    if not path.is_file():
        raise LabelsError(f"{where}, field 'doc': {path} does not exist")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != row.get("doc_sha256"):
        raise LabelsError(
            f"{where}, field 'doc_sha256': {path.name} has other bytes than those that were labelled"
        )
    article = data.decode("utf-8", "surrogateescape")
    parts = row.get("parts")
    if not isinstance(parts, list) or not parts:
        raise LabelsError(f"{where}, field 'parts': found {parts!r:.60}, expected at least one span")
    spans = [(f"parts[{i}]", part) for i, part in enumerate(parts)]
    spans += [(key, row[key]) for key in ("context", "speaker", "cue") if row.get(key)]
    for field, span in spans:
        if not _is_span(span):
            raise LabelsError(f"{where}, field {field!r}: expected start, end and text")
        there = article[span["start"] : span["end"]]
        if there != span["text"]:
            raise LabelsError(
                f"{where}, field {field!r}: at {span['start']}:{span['end']} of {path.name} stands "
                f"{there[:50]!r}, expected {span['text'][:50]!r}"
            )


def _is_span(value: object) -> bool:
    kinds = {"start": int, "end": int, "text": str}
    if not isinstance(value, dict) or not all(isinstance(value.get(key), kind) for key, kind in kinds.items()):
        return False
    return bool(0 <= value["start"] <= value["end"])  # Python counts a negative index from the end


def _item(row: dict[str, Any], *, where: str, number: int) -> Labelled:
    context = row.get("context")
    if isinstance(context, dict):
        context = context.get("text")
    if context is not None and not isinstance(context, str):
        raise LabelsError(f"{where}, field 'context': found {context!r}, expected text")
    speaker = row.get("speaker")
    name = speaker.get("name", "") if isinstance(speaker, dict) else (speaker or "")
    return Labelled(
        id=str(row.get("id") or f"row-{number}"),
        text=_field(row, "text", where=where),
        stance=_field(row, "stance", where=where),
        context=context or None,
        group=str(row.get("group") or row.get("doc") or ""),
        voice=str(row.get("voice") or ""),
        topic=str(row.get("topic") or ""),
        speaker=str(name),
        kind=str(row.get("kind") or ""),
    )


def read_labels(
    path: Path, *, stances: Collection[str] | None = STANCES, seeds: Path | None = None
) -> list[Labelled]:
    """The items of one label file, in its order; a row that ``replaces`` an earlier one stands for it.

    Args:
        path: JSON lines, or CSV where the name ends in ``.csv``.
        stances: the labels allowed; ``None`` allows any (a user's own).
        seeds: the folder of articles; given, each row's offsets are checked against its article.

    Raises:
        LabelsError: names the file, the line and the field, what was found and what was expected.
    """
    items: dict[str, Labelled] = {}
    lines: dict[str, str] = {}
    for number, (where, row) in enumerate(label_rows(path), 1):
        if stances is None or "stance" in row:
            item = _item(row, where=where, number=number)
        else:
            item = _item({**row, "stance": None}, where=where, number=number)
        if stances is not None and item.stance not in stances:
            expected = ", ".join(stances)
            raise LabelsError(f"{where}, field 'stance': found {item.stance!r}, expected one of {expected}")
        if item.id in lines:
            raise LabelsError(f"{where}, field 'id': {item.id!r} stands already in {lines[item.id]}")
        if seeds is not None:
            _check_offsets(row, seeds=seeds, where=where)
        former = row.get("replaces")
        if former is not None:
            if not isinstance(former, str) or former not in lines:
                raise LabelsError(f"{where}, field 'replaces': found {former!r}, expected the id of a line above")
            items.pop(former, None)
        lines[item.id] = where
        items[item.id] = item
    if not items:
        raise LabelsError(f"{path}: no rows; expected at least one labelled quotation")
    return list(items.values())


def read_off_topic(path: Path) -> list[Labelled]:
    """The off-topic quotes (``id``, ``text``, ``distance``), each with the stance ``OFF_TOPIC``."""
    items = []
    for number, (where, row) in enumerate(label_rows(path), 1):
        items.append(_item({**row, "stance": OFF_TOPIC}, where=where, number=number))
    return items


def as_dataset(items: Sequence[Labelled], *, stances: Iterable[str] = STANCES) -> Dataset:
    """The items as a ``datasets.Dataset`` with declared features; ``stance`` is a ``ClassLabel``."""
    from datasets import ClassLabel, Dataset, Features, Value  # noqa: PLC0415  heavy, and only for training

    text = Value("string")
    names = list(stances)
    columns = ("id", "text", "context", "group", "voice", "topic", "speaker", "kind")
    features = Features({**dict.fromkeys(columns, text), "stance": ClassLabel(names=names)})
    table: dict[str, list[Any]] = {name: [getattr(item, name) for item in items] for name in columns}
    table["stance"] = [names.index(item.stance) for item in items]
    return Dataset.from_dict(table, features=features)
