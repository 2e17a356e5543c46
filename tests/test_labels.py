"""Label files: what is read, and what is refused with its file, line and field."""

import json
from pathlib import Path

import pytest

from classifier.errors import LabelsError
from classifier.labels import OFF_TOPIC, Labelled, as_dataset, read_labels, read_off_topic
from classifier.schema import STANCES

GOOD = {"id": "a", "text": "Build the wall.", "stance": "pro-enforcement"}


def write(tmp_path: Path, *rows: object, name: str = "labels.jsonl") -> Path:
    path = tmp_path / name
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_rows_become_items_in_their_order(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, {**GOOD, "id": "b", "context": "He said so.", "voice": "debate", "group": "g"})
    assert read_labels(path) == [
        Labelled("a", "Build the wall.", "pro-enforcement"),
        Labelled("b", "Build the wall.", "pro-enforcement", context="He said so.", voice="debate", group="g"),
    ]


def test_csv_is_read_like_json_lines(tmp_path: Path) -> None:
    path = write(tmp_path, 'id,text,stance\na,"Build the wall.",pro-enforcement\n', name="labels.csv")
    assert read_labels(path) == [Labelled("a", "Build the wall.", "pro-enforcement")]


def test_own_label_names_are_allowed_where_asked(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "stance": "for"})
    assert read_labels(path, stances=None)[0].stance == "for"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [GOOD, {**GOOD, "id": "b", "stance": "against"}],
            r"line 2, field 'stance': found 'against', expected one of",
        ),
        ([GOOD, GOOD], r"line 2, field 'id': 'a' stands already in .*line 1"),
        ([{**GOOD, "text": " "}], r"line 1, field 'text': found ' ', expected text"),
        ([{"id": "a", "text": "x"}], r"line 1, field 'stance': found nothing"),
        (["{not json\n"], r"line 1: not JSON"),
        (["[1]\n"], r"line 1: found list, expected a JSON object"),
        ([{**GOOD, "context": 3}], r"line 1, field 'context': found 3"),
        ([{**GOOD, "replaces": "b"}], r"line 1, field 'replaces': found 'b', expected the id of a line above"),
        ([{**GOOD, "replaces": ["a"]}], r"line 1, field 'replaces': found \['a'\], expected the id"),
        (["\n"], r"no rows; expected at least one"),
    ],
)
def test_a_bad_row_is_refused_with_its_place(tmp_path: Path, rows: list[object], message: str) -> None:
    with pytest.raises(LabelsError, match=message):
        read_labels(write(tmp_path, *rows))


def test_missing_files_directories_and_other_encodings_are_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(b'{"text": "caf\xe9"}')
    for path, message in (
        (tmp_path / "none.jsonl", "no such file"),
        (tmp_path, "is a directory"),
        (latin, "byte at offset 13 is not UTF-8"),
    ):
        with pytest.raises(LabelsError, match=message):
            read_labels(path)


@pytest.mark.parametrize(("field", "change"), [("parts", 1), ("context", 1), ("speaker", -1)])
def test_an_offset_off_by_one_is_refused(root: Path, tmp_path: Path, field: str, change: int) -> None:
    row = json.loads((root / "labels/seeds.jsonl").read_text(encoding="utf-8").splitlines()[2])
    span = row[field][0] if field == "parts" else row[field]
    span["start"] += change
    with pytest.raises(LabelsError, match=rf"line 1, field '{field}.*stands .* expected"):
        read_labels(write(tmp_path, row), seeds=root / "seeds")


def test_an_offset_counted_from_the_end_is_refused(root: Path, tmp_path: Path) -> None:
    row = json.loads((root / "labels/seeds.jsonl").read_text(encoding="utf-8").splitlines()[2])
    length = len((root / "seeds" / row["doc"]).read_bytes().decode())
    span = row["parts"][0]
    span["start"], span["end"] = span["start"] - length, span["end"] - length
    with pytest.raises(LabelsError, match=r"line 1, field 'parts\[0\]': expected start, end and text"):
        read_labels(write(tmp_path, row), seeds=root / "seeds")


def test_a_changed_seed_is_refused(root: Path, tmp_path: Path) -> None:
    row = json.loads((root / "labels/seeds.jsonl").read_text(encoding="utf-8").splitlines()[0])
    (tmp_path / row["doc"]).write_text("Other words.", "utf-8")
    with pytest.raises(LabelsError, match="other bytes than those that were labelled"):
        read_labels(write(tmp_path, row), seeds=tmp_path)


def test_the_dataset_declares_its_features(root: Path) -> None:
    dataset = as_dataset(read_labels(root / "labels/seeds.jsonl", seeds=root / "seeds"))
    assert dataset.features["stance"].names == list(STANCES)
    assert {"id", "text", "context", "group", "speaker", "kind"} <= set(dataset.features)
    assert dataset.num_rows >= 68


def test_the_projects_own_labels_are_well_formed(root: Path) -> None:
    authored = read_labels(root / "labels/authored.jsonl")
    assert len(authored) >= 8000
    assert sum(item.context is not None for item in authored) >= 1600
    assert all(not item.context or _stands_in(item.text, item.context) for item in authored)
    assert len(read_off_topic(root / "labels/off_topic.jsonl")) >= 500
    assert {item.stance for item in read_off_topic(root / "labels/off_topic.jsonl")} == {OFF_TOPIC}


def _stands_in(text: str, context: str) -> bool:
    letters = [c.casefold() for c in text if c.isalnum()]
    there = iter(c.casefold() for c in context if c.isalnum())
    return all(letter in there for letter in letters)
