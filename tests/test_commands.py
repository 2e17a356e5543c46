"""The commands as people run them: what they print, where, and with which exit status."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

from classifier.schema import STANCES

SEED = "seeds/003_18455e297df3303e.txt"


def test_a_quotation_gets_a_stance_and_a_bar_for_each(command: Run) -> None:
    done = command("predict", "End sanctuary cities now and deport every criminal alien.")
    assert done.returncode == 0
    first, *bars = done.stdout.decode().splitlines()
    assert first == "pro-enforcement"
    assert [bar.split()[0] for bar in bars] == list(STANCES)


def test_json_is_one_object_of_the_contract(command: Run) -> None:
    row = json.loads(command("predict", "--json", "We stand with our immigrant neighbors.").stdout)
    assert row["stance"] == "pro-sanctuary"
    assert set(row["probabilities"]) == set(STANCES)
    assert sum(row["probabilities"].values()) == pytest.approx(1, abs=1e-5)
    assert row["abstained"] is False


def test_the_context_decides_what_a_fragment_means(command: Run) -> None:
    fragment = "a disgrace,"
    against = 'Calling the new sanctuary ordinance "a disgrace," the sheriff vowed to honor every ICE detainer.'
    for_it = 'Calling the immigration raids "a disgrace," the bishop opened his church to undocumented families.'
    stances = [
        json.loads(command("predict", "--json", "--context", c, fragment).stdout)["stance"]
        for c in (against, for_it)
    ]
    assert stances == ["pro-enforcement", "pro-sanctuary"]


def test_another_subject_is_abstained_from_with_the_reason(command: Run) -> None:
    row = json.loads(
        command("predict", "--json", "The bakery sells out of rye bread by nine every Saturday.").stdout
    )
    assert row["abstained"] is True
    assert "off topic" in row["reason"]


def test_an_article_is_read_whole(command: Run, root: Path) -> None:
    text = (root / SEED).read_text(encoding="utf-8")
    article = json.loads(command("predict", "--article", "--json", SEED).stdout)[0]
    assert article["id"] == SEED
    assert article["quotes"][0]["speaker"]["name"] == "Annie Kirkpatrick"
    for quote in article["quotes"]:
        assert quote["stance"] in STANCES
        assert all(text[part["start"] : part["end"]] == part["text"] for part in quote["parts"])
    assert {s["name"] for s in article["speakers"]} == {q["speaker"]["name"] for q in article["quotes"]}


def test_an_article_on_standard_input_and_as_csv(command: Run) -> None:
    done = command(
        "predict", "--article", "--csv", "-", stdin=b'"=SUM(A1) is what we said," Mayor Dana Ruiz said.'
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert rows[0]["speaker"] == "Dana Ruiz"
    assert rows[0]["text"].startswith("'=")


@pytest.mark.parametrize("name", ["predict", "extract", "label"])
def test_every_command_on_articles_reads_patterns(command: Run, tmp_path: Path, name: str) -> None:
    for number in range(2):
        text = f"“We will not ask {number},” Mayor Dana Ruiz said.\n"
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    options = {"predict": ["--article", "--ndjson"], "extract": ["--ndjson"], "label": ["--list"]}[name]
    done = command(name, *options, str(tmp_path / "*.txt"))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2


def test_a_stream_answers_every_line_in_its_place(command: Run) -> None:
    lines = [
        b'{"id": 1, "text": "Build the wall."}',
        b"not json",
        b'{"id": "two", "text": ""}',
        b'{"id": "three", "text": 7}',
        b"[]",
        b'{"id": "half a pair", "text": "\\ud800 Build the wall."}',
        b'{"id": "\xff"}',
        b'{"id": 9, "text": "Keep families together.", "context": null}',
    ]
    done = command("predict", "--ndjson", stdin=b"\n".join(lines) + b"\n")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [row["id"] for row in rows] == [1, 2, "two", "three", 5, "half a pair", 7, 9]
    assert ["error" in row for row in rows] == [False, True, True, True, True, False, True, False]
    assert "Traceback" not in done.stderr.decode()


def test_a_stream_of_articles(command: Run) -> None:
    article = json.dumps({"id": "x", "text": '"We won\'t help ICE," Mayor Dana Ruiz said.'}).encode()
    row = json.loads(command("predict", "--article", "--ndjson", stdin=article + b"\n").stdout)
    assert (row["id"], row["quotes"][0]["speaker"]["name"]) == ("x", "Dana Ruiz")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["predict"], 2, "nothing to judge: expected a quotation"),
        (["predict", "  "], 2, "the text is empty"),
        (["predict", "--article", "nowhere.txt"], 2, "nowhere.txt: no such file"),
        (["predict", "--article", "seeds"], 2, "seeds is a directory"),
        (
            ["predict", "--model", "nowhere", "text"],
            2,
            "no trained model in nowhere; make one with: python -m classifier.train",
        ),
        (["predict", "--article", SEED, "nowhere.txt"], 1, "nowhere.txt: no such file"),
        (["extract"], 2, "no articles"),
        (["extract", "nowhere.txt"], 2, "no such file"),
        (["train", "--labels", "nowhere.jsonl"], 2, "nowhere.jsonl: no such file"),
    ],
)
def test_what_is_wrong_is_said_on_standard_error(
    command: Run, arguments: list[str], status: int, message: str
) -> None:
    done = command(*arguments)
    assert done.returncode == status
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_bytes_that_are_not_utf8_name_the_offset(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(b"\x93We won't,\x94 he said.")
    done = command("extract", str(path))
    assert done.returncode == 2
    assert "byte 0x93 at offset 0 is not utf-8; name the file's encoding with --encoding" in done.stderr.decode()
    assert command("extract", "--encoding", "cp1252", str(path)).returncode == 0


@pytest.mark.parametrize("text", ["", "No marks here at all."])
def test_an_article_without_quotations_is_done(command: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.txt"
    path.write_text(text, "utf-8")
    done = command("predict", "--article", "--json", str(path))
    assert done.returncode == 0
    assert json.loads(done.stdout) == [{"id": str(path), "quotes": [], "speakers": []}]


def test_extraction_needs_no_model(command: Run) -> None:
    done = command("extract", "--ndjson", SEED, CLASSIFIER_MODEL="/nowhere")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["quotes"]) == 4


def test_an_article_cannot_write_to_the_terminal(command: Run) -> None:
    done = command("extract", "-", stdin='"Stop\x1b[31m \u202eit," Mayor Dana Ruiz said.'.encode())
    assert b"\x1b" not in done.stdout
    assert "\u202e" not in done.stdout.decode()


def test_the_version_names_the_model_and_its_hash(command: Run) -> None:
    said = command("predict", "--version").stdout.decode()
    assert said.startswith("sanctuary-stance ")
    assert "models/stance" in said


def test_a_closed_pipe_is_no_error(root: Path) -> None:
    line = b'{"id": 1, "text": "Build the wall."}\n' * 3000
    with subprocess.Popen(
        [sys.executable, "-m", "classifier.extract", "--ndjson"],
        cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.close()
        try:
            process.stdin.write(line)
            process.stdin.close()
        except BrokenPipeError:
            pass
        assert b"Traceback" not in (process.stderr.read() if process.stderr else b"")


def test_predicting_imports_nothing_of_the_training_stack(root: Path) -> None:
    code = (
        "import sys; from classifier.predict import main; main(['--json', 'Build the wall.']);"
        "heavy = {'torch', 'transformers', 'sklearn', 'scipy', 'pandas', 'datasets', 'sentence_transformers'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=root, check=True)
    assert done.stderr.decode().strip() == "[]"


def test_help_imports_neither_numpy_nor_onnxruntime(root: Path) -> None:
    code = (
        "import sys\nfrom classifier.predict import parser\nparser().format_help()\n"
        "print(sorted({'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=root, check=True)
    assert done.stdout.decode().strip() == "[]"
