"""A sheet of quotations: the same rows back, in order, with the answers beside them."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

from classifier import load
from classifier.errors import InputError
from classifier.sheets import answer_sheet
from classifier.stance.model import StanceModel

SHEET = """Speaker,Text,context,n
Ann Vance,"We will not hold anyone, ever",,-5
Tom Alder,“a disgrace”,He called the raids “a disgrace” to the country.,7
"""


@pytest.fixture(scope="module")
def model(shipped: Path) -> StanceModel:
    return load(shipped)


def answered(sheet: str | bytes, model: StanceModel, encoding: str = "utf-8") -> tuple[list[dict[str, str]], bool]:
    out = io.StringIO()
    data = sheet.encode() if isinstance(sheet, str) else sheet
    failed = answer_sheet(io.BytesIO(data), out, model=model, encoding=encoding)
    delimiter = max(",;\t", key=out.getvalue().partition("\n")[0].count)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), delimiter=delimiter)), failed


def test_a_sheet_comes_back_with_the_answers_of_its_texts_and_contexts(model: StanceModel) -> None:
    rows, failed = answered(SHEET, model)
    given = list(csv.DictReader(io.StringIO(SHEET)))
    assert not failed
    assert [{name: row[name] for name in given[0]} for row in rows] == given
    expected = model.predict(
        [row["Text"] for row in given], [None, "He called the raids “a disgrace” to the country."]
    )
    for row, prediction in zip(rows, expected, strict=True):
        assert row["stance"] == prediction.stance
        assert float(row["probability"]) == round(prediction.probabilities[prediction.stance], 4)
        assert float(row["p_neutral"]) == round(prediction.probabilities["neutral"], 4)
        assert row["abstained"] == str(prediction.abstained)
        assert row["error"] == ""


def test_more_rows_than_are_judged_at_once_stay_in_order(model: StanceModel) -> None:
    rows, _ = answered("id,text\n" + "".join(f"{n},Build wall number {n}.\n" for n in range(150)), model)
    assert [row["id"] for row in rows] == [str(n) for n in range(150)]
    assert all(row["stance"] for row in rows)


def test_a_bad_row_is_answered_in_its_place(model: StanceModel) -> None:
    rows, failed = answered("id,text\n1,\n2,Build the wall.\n3,Stop the raids, now\n4\n", model)
    assert failed
    assert [bool(row["error"]) for row in rows] == [True, False, True, True]
    assert rows[2]["error"].startswith("found 3 cells, expected 2")
    assert rows[2]["id"] == "3"
    assert rows[0]["stance"] == rows[2]["stance"] == ""


def test_a_column_that_is_there_already_is_kept(model: StanceModel) -> None:
    rows, _ = answered("text,stance\nBuild the wall.,mine\n", model)
    assert (rows[0]["stance"], rows[0]["model_stance"]) == ("mine", "pro-enforcement")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(model: StanceModel, delimiter: str) -> None:
    rows, _ = answered(f'id{delimiter}text\n1{delimiter}"Build the wall, and now."\n', model)
    assert rows[0]["text"] == "Build the wall, and now."
    assert rows[0]["id"] == "1"
    assert rows[0]["stance"] == "pro-enforcement"


def test_a_cell_that_holds_lines_is_one_cell(model: StanceModel) -> None:
    rows, _ = answered('text\n"Build the wall.\nAnd build it now."\n', model)
    assert [row["text"] for row in rows] == ["Build the wall.\nAnd build it now."]


def test_no_copied_cell_is_a_formula_and_numbers_stay(model: StanceModel) -> None:
    rows, _ = answered('text,a,b,c\n"=We, won\'t",=1+1,-5.5,+A1\n', model)
    assert (rows[0]["text"][:2], rows[0]["a"], rows[0]["b"], rows[0]["c"]) == ("'=", "'=1+1", "-5.5", "'+A1")


def test_the_mark_by_which_excel_knows_utf8_comes_back(command: Run) -> None:
    done = command("predict", "--csv", stdin=b"\xef\xbb\xbf" + SHEET.encode(), PYTHONUTF8="1")
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbfSpeaker,Text,context,n,stance")
    assert not command("predict", "--csv", stdin=SHEET.encode()).stdout.startswith(b"\xef")


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (b"quote,who\nBuild the wall.,Ann\n", r"found the columns 'quote', 'who'; name the one .* 'text'"),
        (b"", "found the columns nothing"),
        (b"text\n\x93We won't.\x94\n", "name the file's encoding with --encoding"),
        (b'text\n"' + b"a" * 200_000 + b'"\n', "line 2: is no CSV: field larger"),
    ],
)
def test_what_is_no_such_sheet_is_refused_in_words(model: StanceModel, sheet: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        answered(sheet, model)


def test_an_encoding_can_be_named(model: StanceModel) -> None:
    rows, _ = answered("text\n“We won’t.”\n".encode("cp1252"), model, encoding="cp1252")
    assert rows[0]["text"] == "“We won’t.”"


def test_a_sheet_with_a_bad_row_ends_with_one_and_explain_is_refused(command: Run) -> None:
    done = command("predict", "--csv", stdin=b"text\nBuild the wall.\n \n")
    assert done.returncode == 1
    assert b"no text, expected the words" in done.stdout
    refused = command("predict", "--csv", "--explain", stdin=b"text\n")
    assert refused.returncode == 2
    assert b"no sheet" in refused.stderr


def test_without_a_sheet_the_command_says_so(root: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "classifier.predict", "--csv"],
        stdin=follower, capture_output=True, cwd=root, timeout=60, check=False,
    )  # fmt: skip
    assert leader
    assert done.returncode == 2
    assert b"--csv SHEET.csv" in done.stderr


def test_a_sheet_can_be_named(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "quotes.CSV"
    path.write_text(SHEET, "utf-8")
    piped = command("predict", "--csv", stdin=SHEET.encode())
    assert command("predict", "--csv", str(path)).stdout == piped.stdout
    missing = command("predict", "--csv", str(tmp_path / "nowhere.csv"))
    assert missing.returncode == 2
    assert b"nowhere.csv" in missing.stderr
    words = command("predict", "--csv", "Build the wall.")
    assert words.stdout.splitlines()[1].startswith(b"Build the wall.,pro-enforcement")
