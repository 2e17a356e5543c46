"""Labelling in a real terminal: every key, leaving and going on, nothing that was written ever changed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from classifier.errors import InputError, LabelsError
from classifier.labelling.label_file import LabelFile
from classifier.labelling.scale import ANSWERS, COMMANDS, scale_of
from classifier.labels import read_labels
from classifier.training.run import own_labels

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)
from terminal_session import CTRL_C, CTRL_D, DOWN, ENTER, LEFT, RIGHT, UP, TerminalSession

ARTICLE = (
    "Council backs ordinance\n"
    "“We will not hold anyone for ICE without a warrant,” Mayor Dana Ruiz said on Tuesday.\n"
    "“Sanctuary cities put criminals back on the street,” Sheriff Lou Hardy said.\n"
    "Hardy called the measure “a slap in the face.”\n"
    "“The vote is next week,” said Ann Vance, the clerk.\n"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_bytes(ARTICLE.encode())
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "labels.jsonl"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def start(article: Path, out: Path, *arguments: str) -> TerminalSession:
    return TerminalSession("label", "--out", str(out), *arguments, str(article))


def test_letters_numbers_and_arrows_give_answers_that_training_reads(article: Path, out: Path) -> None:
    with start(article, out, "--annotator", "B") as terminal:
        terminal.expect("[1 of 4]")
        terminal.press("s")
        terminal.expect("[2 of 4]")
        terminal.press("1")
        terminal.expect("[3 of 4]")
        terminal.press(DOWN + DOWN + UP + UP + ENTER)  # to the first, and over the edge to the last
        terminal.expect("kept: off-topic")
        terminal.expect("[4 of 4]")
        terminal.press("3")
        terminal.expect("4 added, 0 left")
        assert terminal.end() == 0
    found = rows(out)
    assert [row["stance"] for row in found] == ["pro-sanctuary", "pro-enforcement", "off-topic", "neutral"]
    assert {row["annotator"] for row in found} == {"B"}
    items = read_labels(out, stances=ANSWERS, seeds=article.parent)  # every offset checked against the article
    assert items[2].text == "a slap in the face."
    assert items[2].context == "Hardy called the measure “a slap in the face.”"
    assert items[2].speaker == "Lou Hardy"
    assert {item.group for item in items} == {"news.txt"}


def test_arrows_move_a_mark_over_the_answers(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.expect("off-topic")
        terminal.press(DOWN)
        assert "> 1 e  pro-enforcement" in terminal.expect("off-topic")
        terminal.press(DOWN)
        shown = terminal.expect("off-topic")
        assert "\x1b[4A" in shown  # over the four lines shown before
        assert "> 2 s  pro-sanctuary" in shown
        assert "> 1" not in shown
        terminal.press("q")
        assert terminal.end() == 0
    assert not out.exists()


def test_leaving_loses_nothing_and_the_same_command_goes_on(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.expect("[1 of 4]")
        terminal.press("s" + RIGHT + "eq")  # the second is skipped
        terminal.expect("2 added, 2 left")
        assert terminal.end() == 0
    written = out.read_bytes()
    with start(article, out) as terminal:
        terminal.expect("2 labelled before; 2 to label")
        terminal.expect("[1 of 2]")
        terminal.expect("Sanctuary cities put criminals")
        terminal.press(CTRL_D)
        terminal.expect("0 added, 2 left")
        assert terminal.end() == 0
    assert out.read_bytes() == written
    with start(article, out) as terminal:
        terminal.expect("[1 of 2]")
        terminal.press("en")
        terminal.expect("2 added, 0 left")
        assert terminal.end() == 0
    assert out.read_bytes().startswith(written)
    with start(article, out) as terminal:
        terminal.expect("nothing to label: 4 quotations found, all of them answered")
        assert terminal.end() == 0


def test_ctrl_c_keeps_what_was_answered_and_gives_the_terminal_back(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.expect("[1 of 4]")
        assert terminal.settings() != terminal.before
        terminal.press("s")
        terminal.expect("[2 of 4]")
        terminal.press(CTRL_C)
        terminal.expect("1 added, 3 left; the same command goes on from here")
        assert terminal.end() == 130
        assert terminal.settings() == terminal.before
    assert [row["stance"] for row in rows(out)] == ["pro-sanctuary"]


def test_ctrl_c_while_a_note_is_typed(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.expect("[1 of 4]")
        terminal.press("a")
        terminal.expect("note, then Enter:")
        terminal.press("half a no" + CTRL_C)
        terminal.expect("0 added, 4 left")
        assert terminal.end() == 130
        assert terminal.settings() == terminal.before


def test_going_back_adds_a_line_that_replaces_the_answer(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.expect("[1 of 4]")
        terminal.press(LEFT)
        terminal.expect("this is the first one")
        terminal.press("e")
        terminal.expect("[2 of 4]")
        written = out.read_bytes()
        terminal.press("b")
        terminal.expect("answered before: pro-enforcement")
        terminal.press("s" + LEFT)
        terminal.expect("answered before: pro-sanctuary")
        terminal.press(ENTER)  # the same answer again writes nothing
        terminal.expect("[2 of 4]")
        terminal.press("b" + "n" + "q")
        terminal.expect("1 added, 3 left")
        assert terminal.end() == 0
    assert out.read_bytes().startswith(written)
    assert [row["stance"] for row in rows(out)] == ["pro-enforcement", "pro-sanctuary", "neutral"]
    assert [item.stance for item in read_labels(out)] == ["neutral"]


def test_when_all_is_answered_an_answer_can_still_be_changed(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.press("s1nn")
        terminal.expect("4 added, 0 left; --again goes through the answers")
        assert terminal.end() == 0
    with start(article, out) as terminal:
        terminal.expect("all of them answered")
        terminal.expect("--again goes through them")
        assert terminal.end() == 0
    with start(article, out, "--again") as terminal:
        terminal.expect("answered before: pro-sanctuary")
        terminal.press(ENTER)
        terminal.expect("[2 of 4]")
        terminal.press("kks")
        terminal.expect("0 added, 1 changed, 0 left")
        assert terminal.end() == 0
    stances = ["pro-sanctuary", "pro-enforcement", "neutral", "pro-sanctuary"]
    assert [item.stance for item in read_labels(out)] == stances
    assert len(rows(out)) == 5


def test_an_article_without_quotations_says_so(tmp_path: Path, out: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("The council met.\n", "utf-8")
    with start(plain, out) as terminal:
        terminal.expect("no quotation found; --indirect adds")
        assert terminal.end() == 0


def test_a_note_is_kept_with_the_answer(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.expect("[1 of 4]")
        terminal.press("a")
        terminal.expect("note, then Enter:")
        terminal.press("is it the mayor’s? aé\r")
        terminal.expect("[1 of 4]")
        terminal.press("s")
        terminal.expect("[2 of 4]")
        terminal.press("bq")
        assert "(note: is it the mayor’s? aé)" in terminal.expect("1 added")
        assert terminal.end() == 0
    assert rows(out)[0]["note"] == "is it the mayor’s? aé"
    assert "note" not in start_of(article, out)


def start_of(article: Path, out: Path) -> dict[str, Any]:
    """Answer one more, without a note."""
    with start(article, out) as terminal:
        terminal.expect("[1 of 3]")
        terminal.press("eq")
        terminal.expect("1 added")
        terminal.end()
    return rows(out)[1]


def test_context_codebook_and_unknown_keys_lead_back_to_the_question(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.expect("[1 of 4]")
        terminal.press("k")
        terminal.expect("[2 of 4]")
        terminal.press("c")
        shown = terminal.expect("[2 of 4]")
        assert "| “We will not hold anyone" in shown
        assert "| “The vote is next week,”" in shown
        terminal.press("h")
        assert "codebook, part 1 of 5" in terminal.expect("[2 of 4]")
        terminal.press("h")
        assert "pro-enforcement** speaks for" in terminal.expect("[2 of 4]")
        terminal.press("z")
        assert "'z' is no answer and no command" in terminal.expect("[2 of 4]")
        terminal.press("\x1b[5~")  # a page up means nothing
        terminal.press("q")
        assert "is no answer" not in terminal.expect("4 left")


def test_the_guess_is_shown_on_request_only_and_the_label_says_so(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        assert "%" not in terminal.expect("off-topic")
        terminal.press("s")
        terminal.expect("[2 of 4]")
        terminal.press("g")
        assert "%" in terminal.expect("[2 of 4]")
        terminal.press("eq")
        terminal.expect("2 added")
    assert [row.get("guess_shown", False) for row in rows(out)] == [False, True]


def test_stopping_and_going_on_reads_keys_again(article: Path, out: Path) -> None:
    with start(article, out) as terminal:
        terminal.expect("off-topic")
        terminal.suspend_and_continue()
        terminal.press(DOWN + DOWN)
        terminal.expect("> 2 s  pro-sanctuary")
        terminal.press("q")
        assert terminal.end() == 0


def test_without_a_terminal_letters_with_enter_do(command: Run, article: Path, out: Path) -> None:
    done = command("label", "--out", str(out), str(article), stdin=b"s\n\na\na note\nE\nk\n")
    assert done.returncode == 0
    assert done.stdout == b""
    assert "2 added, 2 left" in done.stderr.decode()
    assert [(row["stance"], row.get("note")) for row in rows(out)] == [
        ("pro-sanctuary", None),
        ("pro-enforcement", "a note"),
    ]


def test_own_answers_and_an_own_codebook(command: Run, article: Path, out: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.md"
    rules.write_text("# Our rules\nFor is for.\n", "utf-8")
    options = ["--stances", "for,against,neither", "--codebook", str(rules), "--out", str(out)]
    done = command("label", *options, str(article), stdin=b"h\nf\n2\nn\nq\n")
    assert "# Our rules" in done.stderr.decode()
    assert [row["stance"] for row in rows(out)] == ["for", "against", "neither"]


@pytest.mark.parametrize(
    ("answers", "letters"),
    [
        (ANSWERS, ("e", "s", "n", "t")),
        (("for", "against", "neither"), ("f", "i", "n")),
        (("back", "quit", "χ"), ("", "u", "")),
    ],
)
def test_no_two_keys_are_the_same(answers: tuple[str, ...], letters: tuple[str, ...]) -> None:
    scale = scale_of(answers)
    assert scale.letters == letters
    used = [letter for letter in scale.letters if letter]
    assert len({*used, *COMMANDS}) == len(used) + len(COMMANDS)
    assert [scale.answer(str(n)) for n in range(1, len(answers) + 1)] == list(answers)
    assert (
        scale.answer("") is scale.answer("0") is scale.answer(str(len(answers) + 1)) is scale.answer("²") is None
    )


@pytest.mark.parametrize("answers", [["one"], ["a", "a"], ["a", ""], list("abcdefghij")])
def test_answers_that_can_not_be_asked_for_are_refused(answers: list[str]) -> None:
    with pytest.raises(InputError, match="expected 2 to 9 different names"):
        scale_of(answers)


def test_a_last_line_without_its_end_is_not_run_into(out: Path) -> None:
    out.write_bytes('{"id": "x", "text": "é", "stance": "neutral"}'.encode())
    LabelFile(out).append({"id": "y", "text": "b", "stance": "neutral"})
    assert [row["id"] for row in rows(out)] == ["x", "y"]


def test_a_replaced_line_must_stand_above(out: Path) -> None:
    out.write_text('{"id": "x#2", "text": "a", "stance": "neutral", "replaces": "x"}\n', "utf-8")
    with pytest.raises(LabelsError, match="line 1, field 'replaces': found 'x'"):
        read_labels(out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-"], "- is standard input, where the answers come from"),
        (["nothing.txt"], "nothing.txt: no such file"),
        (["--out", "no/such/labels.jsonl", "README.md"], "no such folder"),
        (["--out", "labels.csv", "README.md"], "name a file that ends in .jsonl"),
        (["--out", "README.md", "README.md"], "README.md, line 1: not JSON"),
        ([], "no articles"),
        (["--stances", "one", "--list", "--export", "a", "b", "README.md"], "not allowed with argument"),
        (["--export", "doccano", "x.json", "seeds/003_18455e297df3303e.txt"], "expected label-studio or argilla"),
        (["--lst", "README.md"], "did you mean --list?"),
    ],
)
def test_what_can_not_be_done_is_said(command: Run, arguments: list[str], message: str) -> None:
    done = command("label", *arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode()


def test_training_takes_the_labels(command: Run, out: Path) -> None:
    seeds = [f"seeds/{path.name}" for path in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))]
    done = command("label", "--out", str(out), *seeds, stdin=b"e\ns\nn\n" * 10)
    assert done.returncode == 0
    data = own_labels([out])
    assert len(data.held) + len(data.channels) >= 30
    assert data.classes == ("pro-enforcement", "pro-sanctuary", "neutral")
