"""What a terminal shows: tables at any width, colour as it allows, nothing from an article that it would obey."""

from __future__ import annotations

import io
import os
import re

import pytest
from conftest import Run
from page_articles import hostile, nested, quiet

from classifier.render import Screen, article_text, prediction_text, screen, wants_colour
from classifier.schema import STANCES, Prediction

SEED = "seeds/003_18455e297df3303e.txt"
ESCAPE = re.compile(r"\x1b\[\d*m")
SURE = Prediction("x", "pro-sanctuary", dict(zip(STANCES, (0.1, 0.8, 0.1), strict=True)))


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [8, 20, 40, 71, 72, 100, 120])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(width: int) -> None:
    shown = article_text(nested(), Screen(width=width))
    assert max(map(len, shown.splitlines())) <= max(width, 10)
    run_together = re.sub(r"\s", "", shown)
    for words in (
        "LouHardy",
        "WewillnotholdanyonewithoutawarrantX"[:-1],
        "can'ttell:offtopic",
        "can'ttell:unsure",
    ):
        if width >= 72 and words.startswith("We"):
            continue  # a table's columns stand beside each other
        assert words in run_together


def test_a_table_has_speakers_stances_and_wrapped_quotations() -> None:
    lines = article_text(nested(), Screen(width=90)).splitlines()
    head = next(n for n, line in enumerate(lines) if line.startswith("speaker"))
    column = lines[head].index("quotation")
    split = next(n for n, line in enumerate(lines) if "“We will not hold" in line)
    assert lines[split].index("“") == column
    assert lines[split + 1] == " " * column + "we never have.”"
    assert "pro-sanctuary 95%" in lines[split]
    assert any(line.startswith("speaker not found") and "can't tell: unsure" in line for line in lines)


def test_speakers_of_several_quotations_are_summed_up() -> None:
    shown = article_text(nested())
    assert "Mike Vance: neutral 70% taken together (1 pro-enforcement, 2 pro-sanctuary, 1 neutral)" in shown


def test_an_article_without_quotations_says_so() -> None:
    assert article_text(quiet()) == "quiet.txt: 0 quotations"


def test_abstention_is_said_in_words_with_its_reason() -> None:
    unsure = Prediction("x", "neutral", SURE.probabilities, True, "unsure: neutral is likeliest, but only at 40%")
    assert prediction_text(unsure).splitlines()[0] == "can't tell: unsure: neutral is likeliest, but only at 40%"
    off = Prediction("x", "neutral", SURE.probabilities, True, "off topic: probably not about it (99%)")
    assert (
        prediction_text(off).splitlines()[0]
        == "can't tell: off topic: probably not about it (99%); nearest: neutral"
    )


def test_bars_are_as_long_as_the_probabilities() -> None:
    bars = [line.count("█") for line in prediction_text(SURE, Screen(width=100)).splitlines()[1:]]
    assert bars == [3, 24, 3]
    narrow = prediction_text(SURE, Screen(width=20)).splitlines()[1:]
    assert [line.split()[-1] for line in narrow] == ["10.0%", "80.0%", "10.0%"]


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    shown = article_text(nested(), Screen(unicode=False)) + prediction_text(SURE, Screen(unicode=False))
    assert '"We will not hold' in shown
    assert not set("█·─") & set(shown)


def test_colour_stands_around_the_stance_only_and_changes_no_letter() -> None:
    plain, colour = (article_text(nested(), Screen(colour=c)) for c in (False, True))
    assert ESCAPE.sub("", colour) == plain
    assert "\x1b[34mpro-sanctuary 95%\x1b[0m" in colour


@pytest.mark.parametrize(
    ("choice", "environment", "stream", "expected"),
    [
        ("auto", {}, Terminal(), True),
        ("auto", {"NO_COLOR": "1"}, Terminal(), False),
        ("auto", {"TERM": "dumb"}, Terminal(), False),
        ("auto", {}, io.StringIO(), False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, io.StringIO(), True),
        ("never", {}, Terminal(), False),
    ],
)
def test_colour_is_what_the_terminal_allows(
    monkeypatch: pytest.MonkeyPatch, choice: str, environment: dict[str, str], stream: io.StringIO, expected: bool
) -> None:
    for name, value in ({"NO_COLOR": "", "TERM": "xterm"} | environment).items():
        monkeypatch.setenv(name, value)
    assert wants_colour(choice, stream) is expected


def test_the_screen_is_as_wide_as_the_terminal_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "53")
    assert screen("auto", Terminal()).width == 53
    monkeypatch.delenv("COLUMNS")
    monkeypatch.setattr(os, "get_terminal_size", lambda _=None: (_ for _ in ()).throw(OSError))
    assert screen("auto", io.StringIO()).width == 100


def test_nothing_from_an_article_reaches_the_terminal_as_an_order() -> None:
    shown = article_text(hostile())
    assert not set("\x00\x1b\x07\u202e\u202c") & set(shown)
    assert "\\u202e" in shown


def test_colour_on_request_and_on_no_pipe(command: Run) -> None:
    assert b"\x1b[34m" in command("predict", "--color", "always", "Keep families together.").stdout
    assert b"\x1b" not in command("predict", "--article", SEED).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["predict", "--artcle", SEED], "unknown option --artcle; did you mean --article?"),
        (["predict", "--indirekt=yes", "x"], "unknown option --indirekt=yes; did you mean --indirect?"),
        (["extract", "--jsno", SEED], "unknown option --jsno; did you mean --json?"),
        (["train", "--label", "x", "--epoch", "two"], "invalid int value: 'two'"),
        (["train", "--lables", "x"], "unknown option --lables; did you mean --labels?"),
        (["predict", "-wewontgo"], "a text that begins with a dash goes behind --, as in: -- '-wewontgo'"),
        (["predict", "--x\x1b[31m", "x"], "unknown option --x\\u001b[31m"),
    ],
)
def test_a_mistyped_option_gets_a_suggestion(command: Run, arguments: list[str], message: str) -> None:
    done = command(*arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert b"\x1b" not in done.stderr


def test_a_text_that_begins_with_a_dash_is_judged_behind_two(command: Run) -> None:
    assert command("predict", "--", "-we-wont-go").returncode == 0


def test_a_file_given_without_article_is_pointed_out(command: Run) -> None:
    done = command("predict", SEED)
    assert done.returncode == 0
    assert (
        "is a file, but its name was judged as a quotation; to read the file, add --article"
        in done.stderr.decode()
    )
