"""Labels to a model folder: ``python -m classifier.train``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from classifier import __version__
from classifier.commands import DONE, Parser, run, warn
from classifier.errors import ModelError

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = """examples:
  python -m classifier.train
  python -m classifier.train --labels mine.csv --out models/mine
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = Parser(
        prog="python -m classifier.train",
        description="Train the stance classifier from labelled quotations.",
        examples=EXAMPLES,
    )
    parse.add_argument(
        "--labels",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="your own labels, JSON lines or CSV with text, stance and optionally context, group, id; "
        "any label names (default: the project's labels/)",
    )
    parse.add_argument(
        "--out", type=Path, default=ROOT / "models" / "local", help="model folder (default: models/local)"
    )
    parse.add_argument("--encoder", help="path or name of another sentence-transformers model to start from")
    parse.add_argument("--epochs", type=int, help="passes over the labels when fine-tuning the encoder")
    parse.add_argument("--seed", type=int, default=0, help="of all randomness (default: 0)")
    parse.add_argument("--version", action="version", version=__version__)
    return parse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        from classifier.training.run import Settings, own_labels, project_labels, train  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(
            f"training needs more packages ({error}); in the project's folder: pip install '.[train]'"
        ) from None
    data = own_labels(options.labels) if options.labels else project_labels(ROOT)
    settings = Settings(seed=options.seed, encoder=options.encoder)
    if options.epochs is not None:
        settings = replace(settings, fine_tuning=replace(settings.fine_tuning, epochs=options.epochs))
    begun = time.monotonic()
    folder = train(
        data, options.out, settings=settings, progress=lambda m: warn(f"[{time.monotonic() - begun:5.0f} s] {m}")
    )
    print(f"{folder.root} ({folder.digest[:12]}), {time.monotonic() - begun:.0f} s")
    return DONE


if __name__ == "__main__":
    sys.exit(run(main))
