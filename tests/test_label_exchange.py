"""Out to Label Studio and Argilla and back, checked by those libraries themselves where they are installed."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any
from unittest.mock import Mock
from xml.etree import ElementTree as ET

import pytest
from conftest import Run

from classifier.labelling.scale import ANSWERS
from classifier.labels import read_labels

SEED = "seeds/003_18455e297df3303e.txt"


def label(command: Run, *arguments: object) -> str:
    done = command("label", *map(str, arguments))
    assert done.returncode == 0, done.stderr.decode()
    return done.stderr.decode()


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.fixture
def tasks(command: Run, tmp_path: Path) -> Path:
    """What is exported for Label Studio."""
    label(command, "--out", tmp_path / "none.jsonl", "--export", "label-studio", tmp_path / "tasks.json", SEED)
    return tmp_path / "tasks.json"


@pytest.fixture
def folder(command: Run, tmp_path: Path) -> Path:
    """What is exported for Argilla."""
    label(command, "--out", tmp_path / "none.jsonl", "--export", "argilla", tmp_path / "argilla", SEED)
    return tmp_path / "argilla"


def annotated(path: Path, *answers: list[tuple[str, str, bool]]) -> Path:
    """The tasks as Label Studio exports them, each with annotations of ``(stance, note, cancelled)``."""
    rows = read(path)
    for number, (row, given) in enumerate(zip(rows, answers, strict=False), 1):
        row["id"] = number
        row["annotations"] = []
        for who, (stance, note, cancelled) in enumerate(given, 1):
            results = [("stance", "choices", {"choices": [stance]}), ("note", "textarea", {"text": [note]})]
            made = [
                {"id": f"r{who}{name}", "from_name": name, "to_name": "text", "type": kind, "value": value}
                for name, kind, value in results
                if any(value.values()) and note + stance
            ]
            row["annotations"].append(
                {"id": number * 10 + who, "completed_by": who, "was_cancelled": cancelled, "result": made}
            )
    out = path.with_name("annotated.json")
    out.write_text(json.dumps(rows[: len(answers)]), "utf-8")
    return out


ANNOTATIONS = (
    [("pro-sanctuary", "a note", False)],
    [("neutral", "", False), ("pro-sanctuary", "", False), ("pro-sanctuary", "", False)],
    [("neutral", "", True)],
)


def test_tasks_carry_the_model_s_answers_as_predictions(command: Run, tasks: Path) -> None:
    article = json.loads(command("predict", "--article", "--json", SEED).stdout)[0]
    rows = read(tasks)
    assert [row["data"]["text"] for row in rows] == [quote["text"] for quote in article["quotes"]]
    for row, quote in zip(rows, article["quotes"], strict=True):
        result = row["predictions"][0]["result"][0]
        assert result["value"]["choices"] == [quote["stance"]]
        assert row["predictions"][0]["score"] == pytest.approx(quote["probabilities"][quote["stance"]], abs=1e-4)
    view = ET.parse(tasks.with_name("tasks.config.xml")).getroot()  # noqa: S314  our own
    names = {node.get("name") for node in view} - {None}
    assert {result["from_name"], result["to_name"]} <= names
    wanted = {node.get("value", "").removeprefix("$") for node in view if node.get("value", "").startswith("$")}
    assert wanted <= rows[0]["data"].keys()


def test_annotations_come_back_as_labels(command: Run, tasks: Path, tmp_path: Path, root: Path) -> None:
    out = tmp_path / "labels.jsonl"
    assert "2 added" in label(command, "--import", "label-studio", annotated(tasks, *ANNOTATIONS), "--out", out)
    items = read_labels(out, stances=ANSWERS, seeds=root / "seeds")
    assert [item.stance for item in items] == ["pro-sanctuary", "pro-sanctuary"]
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(row["annotator"], row.get("note")) for row in rows] == [("1", "a note"), ("2", None)]
    assert all(row["guess_shown"] for row in rows)


def test_what_is_labelled_already_is_neither_asked_nor_changed(command: Run, tasks: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.jsonl"
    label(command, "--import", "label-studio", annotated(tasks, *ANNOTATIONS), "--out", out)
    before = out.read_bytes()
    other = annotated(tasks, [("neutral", "", False)], [("pro-sanctuary", "", False)])
    said = label(command, "--import", "label-studio", other, "--out", out)
    assert "0 added" in said
    assert "2 had an answer and keep it, 1 of them another than the new one" in said
    assert out.read_bytes() == before
    again = tmp_path / "again.json"
    label(command, "--out", out, "--export", "label-studio", again, SEED)
    assert len(read(again)) == len(read(tasks)) - 2


def test_argilla_s_responses_come_back_as_labels(command: Run, folder: Path, tmp_path: Path, root: Path) -> None:
    records = read(folder / "records.json")
    mine, yours = str(uuid.uuid4()), str(uuid.uuid4())
    records[0]["responses"] = {
        "stance": [{"value": "neutral", "user_id": mine}],
        "note": [{"value": "hm", "user_id": mine}],
    }
    records[1]["responses"] = {"stance": [{"value": v, "user_id": u} for v, u in (("pro-sanctuary", yours),)]}
    (folder / "records.json").write_text(json.dumps(records), "utf-8")
    out = tmp_path / "labels.jsonl"
    assert "2 added" in label(command, "--import", "argilla", folder, "--out", out)
    assert [i.stance for i in read_labels(out, seeds=root / "seeds")] == ["neutral", "pro-sanctuary"]
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(row["annotator"], row.get("note")) for row in rows] == [(mine, "hm"), (yours, None)]


def test_a_model_of_other_labels_gives_no_predictions(command: Run, tmp_path: Path) -> None:
    options = ["--stances", "for,against", "--out", tmp_path / "none.jsonl"]
    label(command, *options, "--export", "label-studio", tmp_path / "t.json", SEED)
    label(command, *options, "--export", "argilla", tmp_path / "a", SEED)
    assert not any(row["predictions"] for row in read(tmp_path / "t.json"))
    assert not any(row["suggestions"] for row in read(tmp_path / "a" / "records.json"))


@pytest.mark.parametrize(
    ("tool", "content", "message"),
    [
        ("label-studio", "[{", "can't be read as JSON"),
        ("label-studio", "{}", "found dict, expected the list of tasks"),
        ("label-studio", '[{"id": 1, "text": "x", "stance": "neutral"}]', 'exported from Label Studio as "JSON"'),
        ("argilla", "{}", "found dict, expected a list of records"),
        ("argilla", '[{"metadata": {}}]', "record 1: found no metadata.row"),
    ],
)
def test_files_of_another_kind_are_refused(
    command: Run, tmp_path: Path, tool: str, content: str, message: str
) -> None:
    path = tmp_path / "in.json"
    path.write_text(content, "utf-8")
    done = command("label", "--import", tool, str(path), "--out", str(tmp_path / "labels.jsonl"))
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert not (tmp_path / "labels.jsonl").exists()


def test_a_file_that_is_not_there_and_one_without_answers_are_told_of(command: Run, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "labels.jsonl"))
    missing = command("label", "--import", "label-studio", "nowhere.json", *out)
    assert missing.returncode == 2
    assert "nowhere.json: no such file; expected the list of tasks" in missing.stderr.decode()
    folder = str(tmp_path / "a")
    command("label", *out, "--export", "argilla", folder, SEED)
    empty = command("label", "--import", "argilla", folder, *out)
    assert empty.returncode == 0
    assert "0 added; nothing in it has an answer yet" in empty.stderr.decode()


def test_suggestions_come_first_by_what_the_model_is_unsure_of(command: Run, tmp_path: Path) -> None:
    plain, suggested = (
        [
            json.loads(line)["id"]
            for line in command(
                "label", "--out", str(tmp_path / "none.jsonl"), "--list", *options, SEED
            ).stdout.splitlines()
        ]
        for options in ([], ["--suggest"])
    )
    assert sorted(plain) == sorted(suggested)
    article = json.loads(command("predict", "--article", "--json", SEED).stdout)[0]
    surest = max(article["quotes"], key=lambda quote: max(quote["probabilities"].values()))
    assert suggested[0] != plain[article["quotes"].index(surest)]


@pytest.mark.filterwarnings("ignore")  # of the library's own
def test_label_studio_itself_accepts_what_is_exported(command: Run, tasks: Path, tmp_path: Path) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed")
    from label_studio_sdk.converter import Converter

    config = tasks.with_name("tasks.config.xml").read_text("utf-8")
    view = interface.LabelInterface(config)
    view.validate()
    for row in read(tasks):
        assert view.validate_task({"data": row["data"]})
        assert not view.validate_prediction(row["predictions"][0], return_errors=True)
    exported = annotated(tasks, *ANNOTATIONS)
    for row in read(exported):
        assert all(view.validate_annotation(annotation) for annotation in row["annotations"])
    Converter(config, str(tmp_path)).convert_to_json(str(exported), str(tmp_path / "converted"), is_dir=False)
    converted = tmp_path / "converted" / "result.json"
    assert "2 added" in label(command, "--import", "label-studio", converted, "--out", tmp_path / "l.jsonl")


@pytest.mark.filterwarnings("ignore")
def test_argilla_itself_reads_what_is_exported(
    command: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    argilla = pytest.importorskip("argilla", reason="argilla is not installed")
    from argilla._models import DatasetModel
    from argilla.records._io import JsonIO

    monkeypatch.setattr(argilla.Argilla, "_default_client", Mock())  # in place of the server
    settings = argilla.Settings.from_json(folder / ".argilla" / "settings.json")
    settings.validate()
    assert DatasetModel(**read(folder / ".argilla" / "dataset.json")).name == "argilla"
    records = JsonIO._records_from_json(folder / "records.json")
    assert [question.name for question in settings.questions] == ["stance", "note"]
    for record in records:
        assert record.suggestions["stance"].value in ANSWERS
        assert set(record.fields) == {field.name for field in settings.fields}
        record.api_model()
    records[0].responses.add(argilla.Response("stance", "neutral", user_id=uuid.uuid4()))
    JsonIO.to_json(records, tmp_path / "back.json")
    assert "1 added" in label(
        command, "--import", "argilla", tmp_path / "back.json", "--out", tmp_path / "l.jsonl"
    )
