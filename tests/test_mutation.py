"""The count of changes that the tests notice: by module, and nothing untried passes for noticed."""

from __future__ import annotations

import subprocess

import pytest

from eval import mutation

RESULTS = """
    eval.metrics.x_tallies__mutmut_1: killed
    eval.metrics.x_tallies__mutmut_2: survived
    eval.metrics.x_figures__mutmut_1: timeout
    classifier.schema.xǁSpanǁof__mutmut_1: killed
    classifier.schema.xǁSpanǁof__mutmut_2: no tests
"""


def test_changes_are_counted_by_module() -> None:
    counts = mutation.shares(RESULTS.splitlines())
    assert counts == {"classifier.schema": (1, 2), "eval.metrics": (2, 3)}
    assert [line.split() for line in mutation.table(counts).splitlines()] == [
        ["classifier.schema", "1", "of", "2", "50.0%"],
        ["eval.metrics", "2", "of", "3", "66.7%"],
    ]


def test_a_change_that_was_not_tried_is_no_result() -> None:
    with pytest.raises(
        mutation.MutationError, match=r"x_a__mutmut_1: not tried; run python -m eval\.mutation again"
    ):
        mutation.shares(["    eval.metrics.x_a__mutmut_1: not checked"])


@pytest.mark.parametrize(("noticed", "status"), [(17, 0), (16, 1)])
def test_a_module_below_the_bar_fails_the_command(
    noticed: int, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        f"a.x_f__mutmut_{n}: {'killed' if n < noticed else 'survived'}\nb.x__mutmut_{n}: killed" for n in range(20)
    ]
    asked = []

    def answered(*arguments: str) -> subprocess.CompletedProcess[str]:
        asked.append(arguments)
        return subprocess.CompletedProcess(arguments, 0, stdout="\n".join(lines))

    monkeypatch.setattr(mutation, "_mutmut", answered)
    assert mutation.main(["--processes", "3"]) == status
    assert f"{noticed} of   20" in capsys.readouterr().out
    assert asked == [("run", "--max-children", "3"), ("results", "--all", "true")]


def test_a_run_that_failed_or_never_was_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutation, "_mutmut", lambda *a: subprocess.CompletedProcess(a, 2, stdout="no such module"))
    with pytest.raises(mutation.MutationError, match="mutmut failed with status 2: no such module"):
        mutation.main([])
    with pytest.raises(mutation.MutationError, match="nothing was tried; is mutmut installed"):
        mutation.main(["--no-run"])
