"""The model for other libraries: ``python -m classifier.export``.

Two folders can be written, both read by sentence-transformers without code of ours: the encoder
(``SentenceTransformer``), and with ``--classifier`` the encoder with the head's weights for the
embedding (``CrossEncoder``, which takes a quotation and its sentence as a pair).

What doesn't fit, and is left out: a folder for ``transformers.AutoModelForSequenceClassification`` or its
text-classification pipeline. BERT's classifier there reads the first token through a tanh layer, ours the
mean over all tokens, and the lexical channel (n-grams of words and characters) has no place in it at all;
only code shipped in the folder and run on load could change that, and no model of ours runs code.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from classifier import __version__
from classifier.commands import DONE, Parser, run
from classifier.errors import ModelError

EXAMPLES = """examples:
  python -m classifier.export models/encoder
  python -m classifier.export --classifier models/cross-encoder
  python -m classifier.export --model models/stance --force models/encoder
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = Parser(
        prog="python -m classifier.export",
        description="Write the model's sentence encoder as a folder that sentence-transformers reads.",
        examples=EXAMPLES,
    )
    parse.add_argument("out", type=Path, metavar="OUT", help="the folder to write")
    parse.add_argument(
        "--classifier",
        action="store_true",
        help="with the head for the embedding, as a CrossEncoder of quotation and sentence; "
        "less accurate than the whole classifier",
    )
    parse.add_argument("--force", action="store_true", help="replace OUT if it is such a folder already")
    parse.add_argument(
        "--model", metavar="DIR", help="model folder (default: $CLASSIFIER_MODEL, models/local, shipped)"
    )
    parse.add_argument("--version", action="version", version=__version__)
    return parse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = parser().parse_args(arguments)
    from classifier.stance.model import load  # noqa: PLC0415

    model = load(options.model)
    try:
        from classifier.exporting.folder import export  # noqa: PLC0415
    except ImportError as error:
        raise ModelError(
            f"exporting needs more packages ({error}); in the project's folder: pip install '.[train]'"
        ) from None
    done = export(model, options.out, classifier=options.classifier, replace=options.force)
    print(f"{done.folder}: embeddings agree with the model's, mean cosine {done.agreement:.4f}")
    return DONE


if __name__ == "__main__":
    sys.exit(run(main))
