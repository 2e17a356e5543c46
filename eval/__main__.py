"""The evaluation report: ``python -m eval``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from classifier.commands import DONE, run, warn
from classifier.errors import ModelError

EXAMPLES = """examples:
  python -m eval
  python -m eval --quick
  python -m eval --data statements.csv --data debates.jsonl
  python -m eval --model models/mine --against eval/reports/main/samples.jsonl --gate seeds.accuracy
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = argparse.ArgumentParser(
        prog="python -m eval",
        description="Say how far the classifier can be trusted, what changed, and what to look at next.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
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
        "--gate", nargs="+", action="extend", default=[], metavar="NAME", help="exit with 1 when this figure fell"
    )
    parse.add_argument("--quick", action="store_true", help="the articles and outside sets only")
    return parse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = parser().parse_args(arguments)
    begun = time.monotonic()
    try:
        from eval.run import Request, evaluate  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(
            f"evaluating needs more packages ({error}); install them with: pip install '.[train,eval]'"
        ) from None
    chosen = {"out": options.out} if options.out else {}
    request = Request(
        model=options.model,
        data=options.data,
        against=options.against,
        gates=options.gate,
        quick=options.quick,
        **chosen,
    )
    evaluate(request, progress=lambda message: warn(f"[{time.monotonic() - begun:5.0f} s] {message}"))
    print(request.out)
    return DONE


if __name__ == "__main__":
    sys.exit(run(main))
