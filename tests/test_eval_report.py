"""The report as a whole: what stands in its five files, what changed, gates, refusals."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as Xml

import jsonschema
import numpy as np
import pytest
from test_eval_project import HOSTILE, MODEL, first_report, outside_rows, project, request, write_lines

from classifier.commands import run
from classifier.errors import LabelsError, ModelError
from classifier.schema import STANCES
from eval.__main__ import main
from eval.gates import GateError, parse_gates
from eval.metrics import FIGURES
from eval.render import MOST_BYTES, anchor, markdown, markdown_text, span
from eval.run import evaluate, write_report
from eval.samples import SamplesError
from eval.splits import LeakError

ROOT = Path(__file__).resolve().parent.parent


def _file(name: str) -> str:
    first_report()
    return (project() / "report" / name).read_text(encoding="utf-8")


def test_results_are_what_the_schema_says() -> None:
    schema = json.loads((ROOT / "eval" / "results.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(_file("results.json")), schema)


def test_a_block_for_every_set_with_every_figure_and_interval() -> None:
    sets = json.loads(_file("results.json"))["sets"]
    assert list(sets) == ["seeds", "articles", "written", "voices", "pairs", "outside"]
    for block in sets.values():
        assert {b["name"] for b in block["baselines"]} == {"majority", "tfidf", "plain"}
        for system in [block, *block["baselines"]]:
            assert set(system["figures"]) == set(FIGURES)
            for figure in system["figures"].values():
                assert figure["low"] <= figure["value"] + 1e-9
                assert figure["value"] <= figure["high"] + 1e-9
        assert np.sum(block["confusion"]) == block["n"]
        assert sum(row["support"] for row in block["per_class"].values()) == block["n"]


def test_the_seeds_are_judged_by_article_and_few_articles_are_warned_of() -> None:
    block = json.loads(_file("results.json"))["sets"]["seeds"]
    assert (block["n"], block["groups"], block["group_kind"]) == (86, 5, "article")
    assert any("5 articles: below 15" in warning for warning in block["warnings"])
    assert block["figures"]["accuracy"]["method"] == "t over 5 groups"
    assert len(block["by_group"]) == 5


def test_layers_lose_no_more_than_they_can() -> None:
    layers = json.loads(_file("results.json"))["layers"]
    assert set(layers) == {"seeds", "articles"}
    for rows in layers.values():
        for row in rows:
            steps = {step["step"]: step["value"] for step in row["steps"]}
            assert steps["found"] == pytest.approx(row["extraction"]["recall"]["value"], abs=0.05)
            assert steps["found"] >= steps["found, right speaker"] >= steps["found, right speaker and stance"]
            assert steps["found, right stance"] >= steps["found, right speaker and stance"]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_has_no_script_and_asks_nobody_for_anything() -> None:
    page = _Page()
    page.feed(_file("report.html"))
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "iframe", "object", "form")]
    for tag, found in page.tags:
        for name in ("src", "href"):
            value = found.get(name) or "#"
            assert value.startswith(("#", "data:image/svg+xml;base64,")), (tag, value[:60])
        assert not [name for name in found if name.startswith("on")]


def test_every_picture_has_a_text_alternative() -> None:
    page = _Page()
    page.feed(_file("report.html"))
    images = [found for tag, found in page.tags if tag == "img"]
    assert len(images) >= 6 * 4
    assert all(len(found["alt"] or "") > 30 for found in images)


def test_hostile_text_is_shown_not_run() -> None:
    html, md = _file("report.html"), _file("report.md")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script" not in html
    assert "<img src=x" not in html
    unescaped = re.findall(r"(?<!\\)<[^>]*>", md)  # a backslash before it makes it text
    assert set(unescaped) <= {"<details>", "</details>", "<summary>", "</summary>"}
    assert "49" not in markdown_text(HOSTILE)


def test_markdown_text_is_one_line_without_markup() -> None:
    assert markdown_text("a|b\n<b> *c* `d` [e](f)") == r"a\|b \<b\> \*c\* \`d\` \[e\]\(f\)"


def test_markdown_fits_a_job_summary_however_long_the_lists() -> None:
    report = first_report()
    assert len(_file("report.md").encode()) < 64 * 1024
    row = {**report.errors["seeds"][0], "text": "many words " * 400, "context": "and more " * 400}
    errors = {name: [row] * 5000 for name in report.errors}
    assert len(markdown(report.results, errors).encode()) <= MOST_BYTES


def test_the_first_screen_answers_the_four_questions() -> None:
    html, md = _file("report.html"), _file("report.md")
    for question in ("Is it good?", "Did it get better?", "What can", "The five worst errors"):
        assert question in html
        assert question in md
    head = json.loads(_file("results.json"))["headline"]
    assert len(head["worst"]) == 5
    assert {row["set"] for row in head["worst"]} == {"seeds"}
    assert "pairs" not in {row["name"] for row in head["good"]}
    assert head["unchanged"] == ""


def test_junit_has_a_case_for_every_set() -> None:
    root = Xml.fromstring(_file("junit.xml"))  # noqa: S314  our own file
    assert [case.get("name") for case in root.findall(".//testcase[@classname='sets']")] == list(
        first_report().results["sets"]
    )
    assert "accuracy: 0." in (root.findtext(".//system-out") or "")


def test_the_second_run_compares_itself_with_the_first() -> None:
    first_report()
    again = evaluate(request(quick=True, gates=["seeds.accuracy", "log_loss"])).results
    for block in again["sets"].values():
        assert block["comparison"]["answers_changed"] == 0
        assert {row["verdict"] for row in block["comparison"]["figures"].values()} == {"the same"}
    assert again["headline"]["unchanged"].startswith("No: all 126 answers")
    assert [gate["passed"] for gate in again["gates"]] == [True] * 3


def test_a_planted_regression_fails_the_gate_and_is_counted(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in _file("samples.jsonl").split("\n") if line]
    for row in rows:  # the earlier model knew everything
        row["probabilities"] = {label: 0.98 if label == row["gold"] else 0.01 for label in row["probabilities"]}
    against = write_lines(tmp_path / "samples.jsonl", rows)
    report = evaluate(request(quick=True, against=against, gates=["seeds.accuracy", "outside.log_loss"]))
    assert [gate.passed for gate in report.gates] == [False, False]
    assert "fell beyond noise" in report.gates[0].reason
    block = report.results["sets"]["seeds"]
    assert sorted(block["comparison"]["broken"]) == sorted(block["errors"]["ids"])
    assert report.results["headline"]["gates_failed"] == ["seeds.accuracy", "outside.log_loss"]
    write_report(report, tmp_path / "out")
    assert Xml.parse(tmp_path / "out" / "junit.xml").getroot().find("testsuite").get("failures") == "2"  # noqa: S314


def test_changed_text_is_not_compared(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in _file("samples.jsonl").split("\n") if line]
    kept = [{**row, "text": row["text"] + "!"} if row["set"] == "seeds" else row for row in rows]
    report = evaluate(request(quick=True, against=write_lines(tmp_path / "s.jsonl", kept), gates=["seeds.mcc"]))
    assert report.results["sets"]["seeds"]["comparison"] is None
    assert "nothing to compare with" in report.gates[0].reason


def test_a_leaking_outside_set_is_refused(tmp_path: Path) -> None:
    text = json.loads((project() / "labels" / "authored.jsonl").read_text(encoding="utf-8").split("\n")[3])["text"]
    rows = [*outside_rows(), {"id": "planted", "text": text, "stance": "neutral"}]
    leaking = write_lines(tmp_path / "leaking.jsonl", rows)
    with pytest.raises(LeakError, match=r"leaking\.jsonl: 1 of 41 texts .* planted is authored"):
        evaluate(request(data=[leaking], quick=True))


def test_a_leak_inside_the_labels_is_refused(tmp_path: Path) -> None:
    import shutil

    root = tmp_path / "project"
    shutil.copytree(project(), root, ignore=shutil.ignore_patterns("cache", "report"))
    seed = json.loads((root / "labels" / "seeds.jsonl").read_text(encoding="utf-8").split("\n")[5])
    with (root / "labels" / "authored.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "planted", "text": seed["text"], "stance": "neutral", "voice": "x"}) + "\n")
    with pytest.raises(LeakError, match=rf"seeds\.jsonl: .*{seed['id']} is planted"):
        evaluate(request(root=root, quick=True, data=[]))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"text": "x", "stance": "for it"}\n', "line 1, field 'stance': found 'for it', expected one of"),
        ('{"stance": "neutral"}\n', "line 1, field 'text': found nothing, expected text"),
        ("", "no rows; expected at least one"),
    ],
)
def test_a_bad_outside_set_is_named_by_line_and_field(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LabelsError, match=re.escape(said)):
        evaluate(request(data=[path], quick=True))


def test_gates_are_checked_before_the_work() -> None:
    with pytest.raises(GateError, match=r"--gate seeds\.beauty: found no such figure; expected SET\.FIGURE"):
        evaluate(request(gates=["seeds.beauty"], quick=True))
    with pytest.raises(GateError, match="nowhere"):
        evaluate(request(gates=["nowhere.accuracy"], quick=True))
    pairs = parse_gates(["accuracy", "a.f1:neutral", "a.accuracy"], sets=["a", "b"], labels=["neutral"])
    assert pairs == [("a", "accuracy"), ("b", "accuracy"), ("a", "f1:neutral")]


def test_the_gates_of_continuous_integration_are_figures_of_the_report() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    found = re.search(r"--gate ((?:[\w.:-]+ ?)+)", workflow)
    assert found
    names = found[1].split()
    assert len(parse_gates(names, sets=list(first_report().results["sets"]), labels=STANCES)) == len(names)


def test_missing_samples_are_refused() -> None:
    with pytest.raises(SamplesError, match="no such file"):
        evaluate(request(against=Path("nowhere.jsonl"), quick=True))


def test_the_command_refuses_in_words_with_status_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in (
        (["--model", str(tmp_path)], "no trained model in"),
        (["--against", str(tmp_path / "none")], "no such file; expected the samples.jsonl"),
    ):
        assert run(main, [*arguments, "--out", str(tmp_path / "out")]) == 2
        told = capsys.readouterr()
        assert said in told.err
        assert not told.out
    with pytest.raises(SystemExit) as ended:
        main(["--quick", "--full"])
    assert ended.value.code == 2
    assert "found --quick and --full; expected one of them" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_help_has_examples_and_needs_nothing_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "eval", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "examples:" in done.stdout


def test_the_command_writes_the_report_and_ends_with_one_when_a_gate_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [json.loads(line) for line in _file("samples.jsonl").split("\n") if line]
    for row in rows:
        row["probabilities"] = {label: 0.98 if label == row["gold"] else 0.01 for label in row["probabilities"]}
    against = write_lines(tmp_path / "samples.jsonl", rows)
    monkeypatch.setattr("eval.run.Request", lambda **asked: request(**asked, root=project()))
    out = tmp_path / "out"
    told = ["--quick", "--data", str(project() / "outside.jsonl"), "--model", str(MODEL), "--out", str(out)]
    assert run(main, [*told, "--against", str(against), "--gate", "seeds.accuracy"]) == 1
    said = capsys.readouterr()
    assert "gate seeds.accuracy: FAILED: fell beyond noise" in said.out
    assert "seeds: 86 quotations" in said.err
    assert {path.name for path in out.iterdir()} == {
        "report.html",
        "report.md",
        "results.json",
        "samples.jsonl",
        "junit.xml",
    }


def test_a_model_with_other_labels_needs_a_set_with_them(tmp_path: Path) -> None:
    import shutil

    from classifier.artifact import with_digest

    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    del manifest["sha256"]
    manifest["classes"] = ["no", "yes", "perhaps", "off-topic"]
    (folder / "manifest.json").write_bytes(with_digest(manifest))
    with pytest.raises(ModelError, match=r"answers with no, yes, perhaps; .* name a set with the model's labels"):
        evaluate(request(model=folder, data=[]))
    own = write_lines(
        tmp_path / "own.jsonl", [{"text": f"Number {n} it is.", "stance": ["no", "yes"][n % 2]} for n in range(12)]
    )
    report = evaluate(request(model=folder, data=[own], out=tmp_path / "out"))
    assert list(report.results["sets"]) == ["own"]
    assert report.results["sets"]["own"]["labels"] == ["no", "yes", "perhaps"]
    write_report(report, tmp_path / "out")


def test_small_words() -> None:
    assert span({"low": None, "high": None, "method": "none: one group"}) == "none: one group"
    assert anchor("my set/1") == "my-set-1"
