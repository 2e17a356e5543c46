"""Whole corpora on one machine: ``python -m classifier.corpus IN OUT``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from classifier.artifact import default_model
from classifier.commands import DONE, SOME_FAILED, Parser, run, warn
from classifier.cores import available_cores
from classifier.corpus.inputs import MAX_ARTICLE
from classifier.corpus.run import run_corpus

EXAMPLES = """examples:
  python -m classifier.corpus seeds stances.parquet
  python -m classifier.corpus --jobs 2 --force seeds stances.ndjson

IN is a folder of articles (.txt, .md), or a file or folder of NDJSON or Parquet with a column "text" and,
where there is one, "id". OUT is Parquet or NDJSON, by its ending; it has a row for each article, in order.
A run that was cut off goes on when the same command is given again.
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = Parser(
        prog="python -m classifier.corpus",
        description="Read a whole corpus of articles: quotations, speakers and stances.",
        examples=EXAMPLES,
    )
    parse.add_argument("source", metavar="IN", type=Path, help="folder of articles, or NDJSON, or Parquet")
    parse.add_argument("out", metavar="OUT", type=Path, help="a file ending in .parquet, .ndjson or .jsonl")
    parse.add_argument("--jobs", type=_positive, default=0, help="processes (default: one a processor core)")
    parse.add_argument("--force", action="store_true", help="replace OUT, or rows of another job begun there")
    parse.add_argument("--indirect", action="store_true", help="also statements reported without quotation marks")
    parse.add_argument(
        "--model",
        type=Path,
        metavar="DIR",
        help="model folder (default: as for predict)",
    )
    parse.add_argument(
        "--max-bytes", type=_positive, default=MAX_ARTICLE, help="largest article read (default: %(default)s)"
    )
    return parse


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"found {number}, expected 1 or more")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = parser().parse_args(arguments)
    done = run_corpus(
        options.source,
        options.out,
        model=options.model or default_model(),
        jobs=options.jobs or available_cores(),
        indirect=options.indirect,
        max_bytes=options.max_bytes,
        force=options.force,
        tell=warn,
    )
    if done.failed:
        warn(f"{done.failed:,} of {done.rows:,} rows are errors; their field error says why")
    return SOME_FAILED if done.failed else DONE


if __name__ == "__main__":
    sys.exit(run(main))
