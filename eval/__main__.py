"""The evaluation report: ``python -m eval``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from classifier import __version__
from classifier.commands import DONE, SOME_FAILED, Parser, run, safe, warn
from classifier.errors import ModelError

if TYPE_CHECKING:
    from eval.run import Report, Request

EXAMPLES = """examples:
  python -m eval
  python -m eval --quick
  python -m eval --data statements.csv --data debates.jsonl
  python -m eval --model models/mine --against eval/reports/main/samples.jsonl --gate seeds.accuracy
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = Parser(
        prog="python -m eval",
        description="Say how far the classifier can be trusted, what changed, and what to look at next.",
        examples=EXAMPLES,
    )
    parse.add_argument(
        "--model",
        type=Path,
        metavar="DIR",
        help="model folder (default: $CLASSIFIER_MODEL, models/local, shipped)",
    )
    parse.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="an outside set, CSV or JSON lines with text, stance and optionally id, group, context; repeatable",
    )
    parse.add_argument("--out", type=Path, metavar="DIR", help="report folder (default: eval/reports/latest)")
    parse.add_argument(
        "--against", type=Path, metavar="FILE", help="samples.jsonl to compare with (default: the last report's)"
    )
    parse.add_argument(
        "--gate",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="exit with 1 when this figure (SET.FIGURE, or FIGURE for all sets) fell beyond what noise explains",
    )
    parse.add_argument("--quick", action="store_true", help="the five articles and outside sets only")
    parse.add_argument(
        "--full",
        action="store_true",
        help="all held quotes, and the whole model trained again for rounds of voices (hours; can be resumed)",
    )
    parse.add_argument("--version", action="version", version=__version__)
    return parse


def _request(options: argparse.Namespace) -> Request:
    from eval.run import Request  # noqa: PLC0415

    request = Request(
        model=options.model,
        data=options.data,
        against=options.against,
        gates=options.gate,
        quick=options.quick,
        full=options.full,
    )
    return replace(request, out=options.out) if options.out else request


def _closing(report: Report, out: Path) -> str:
    """Where the report lies and what its first screen says."""
    lines = [f"{row['title']}: {row['sentence']}" for row in report.results["headline"]["good"]]
    lines += [f"gate {g.set}.{g.figure}: {'passed' if g.passed else 'FAILED'}: {g.reason}" for g in report.gates]
    return "\n".join([*lines, f"report: {out / 'report.html'}"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parse = parser()
    options = parse.parse_args(arguments)
    if options.quick and options.full:
        parse.error("found --quick and --full; expected one of them")
    begun = time.monotonic()
    try:
        from eval.run import evaluate, write_report  # noqa: PLC0415  seconds of imports
    except ModuleNotFoundError as error:
        raise ModelError(
            f"evaluating needs more packages ({error}); install them with: pip install '.[eval]'"
        ) from None
    request = _request(options)
    report = evaluate(request, progress=lambda message: warn(f"[{time.monotonic() - begun:5.0f} s] {message}"))
    warn(f"[{time.monotonic() - begun:5.0f} s] pages")
    write_report(report, request.out)
    print(safe(_closing(report, request.out)))
    return DONE if all(gate.passed for gate in report.gates) else SOME_FAILED


if __name__ == "__main__":
    sys.exit(run(main))
