"""What names carry: answers with the names of persons and parties masked, beside the answers as they are.

    python -m eval.masked --data FILE [--data FILE]
    python -m eval.masked --articles < ARTICLES.ndjson > MASKED.ndjson

The first prints the figures of both and their difference, over resampled groups. The second reads lines ``{"id",
"text"}`` and writes the same articles as ``predict --article --ndjson``, judged with names masked, for any scorer.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from classifier.commands import DONE, run
from classifier.labels import read_labels
from classifier.pipeline import read_article_text
from classifier.quotes.words import FEMALE_NAMES, MALE_NAMES
from classifier.schema import STANCES
from classifier.stance.encoder import Pair
from classifier.stance.head import Array, softmax
from classifier.stance.model import StanceModel, load
from classifier.streams import read_lines
from eval.compare import compare
from eval.metrics import Layout, figures, gold_numbers, tallies

#: Surnames that stand for a side when they stand alone.
_SURNAMES: Final = (
    "Abbott|Ashcroft|Bachmann|Biden|Boehner|Bondi|Booker|Brewer|Bush|Buttigieg|Cain|Carson|"
    "Castro|Christie|Cheney|Clinton|Cruz|Cuomo|DeSantis|Dukakis|Edwards|Emanuel|Feinstein|"
    "Fiorina|Ford|Gillibrand|Gingrich|Giuliani|Gore|Graham|Harris|Hochul|Holder|Homan|"
    "Huckabee|Hunter|Huntsman|Jindal|Johnson|Kaine|Kasich|Kelly|Kemp|Kennedy|Kerry|King|"
    "Klobuchar|Lieberman|Mayorkas|McCain|McCarthy|McConnell|Menendez|Miller|Mondale|Mueller|"
    "Napolitano|Newsom|Nielsen|Noem|Obama|O'Malley|O'Rourke|Palin|Patel|Paul|Paxton|Pelosi|"
    "Pence|Perot|Perry|Pritzker|Quayle|Reagan|Reid|Reno|Romney|Rubio|Ryan|Sanders|Santorum|"
    "Schumer|Schwarzenegger|Sessions|Swalwell|Tancredo|Tester|Thompson|Trump|Vance|Walker|Walz|"
    "Warren|Wilson|Yang|Youngkin"
)
_PARTIES: Final = (
    r"(?:Republicans?|Democrats?|Democratic|Libertarians?|GOP|G\.O\.P\.|Tea Party|MAGA|conservatives|liberals)"
)
_NAME: Final = r"[A-Z][\w’'-]+"
_FIRST: Final = "|".join(sorted((name.capitalize() for name in FEMALE_NAMES | MALE_NAMES), key=len, reverse=True))
_TITLE: Final = (
    "President|Senator|Sen|Representative|Rep|Congressman|Congresswoman|Governor|Gov|Mayor|Sheriff|Secretary|"
    "Justice|Judge|Speaker|Chief|Commissioner|Councilman|Councilwoman|Councilmember|Mr|Mrs|Ms|Dr"
)
_PERSON: Final = re.compile(
    rf"\b(?:(?:{_FIRST}) (?:[A-Z]\. )?{_NAME}|(?<=\b)(?:{_SURNAMES})\b)"
    rf"|(?<=\b)((?:{_TITLE})\.? ){_NAME}(?: {_NAME})?"
)
_PARTY: Final = re.compile(rf"\b{_PARTIES}\b")


def masked(text: str) -> str:
    """Return ``text`` with names of persons and of parties replaced by words that stand for any."""
    text = _PERSON.sub(lambda found: (found.group(1) or "") + "Smith", text)
    return _PARTY.sub("party", text)


class MaskedModel(StanceModel):
    """A model that sees no names."""

    def logits(self, pairs: Sequence[Pair]) -> Array:
        """Judge the pairs with their names masked."""
        return super().logits([(masked(text), masked(context) if context else None) for text, context in pairs])


def _probabilities(model: StanceModel, pairs: Sequence[Pair]) -> Array:
    known = [model.classes.index(label) for label in STANCES]
    found: Array = softmax(model.logits(pairs)[:, known])
    return found


def _figures_of(path: Path, plain: StanceModel, blind: StanceModel) -> None:
    items = read_labels(path)
    pairs = [(item.text, item.context) for item in items]
    gold, layout = gold_numbers([item.stance for item in items], STANCES), Layout(STANCES)
    before, now = _probabilities(plain, pairs), _probabilities(blind, pairs)
    changes = compare(before, now, gold, [item.group or item.id for item in items], layout).changes
    touched = float(np.mean([masked(text) != text or masked(c or "") != (c or "") for text, c in pairs]))
    print(f"{path.name}: {len(items)} quotations, {touched:.0%} with a name in them")
    whole = [figures(tallies(gold, found, layout).sum(axis=0, keepdims=True), layout) for found in (before, now)]
    for name in ("side_accuracy", "accuracy", "macro_f1"):
        one, two = (float(found[name][0]) for found in whole)
        interval = changes[name].difference
        print(
            f"  {name}: {one:.3f} with names, {two:.3f} masked, "
            f"difference {two - one:+.3f} ({interval.low:+.3f} to {interval.high:+.3f})"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parse = argparse.ArgumentParser(prog="python -m eval.masked", description=__doc__.split("\n")[0])
    parse.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: as predict's)")
    parse.add_argument(
        "--data", type=Path, action="append", default=[], metavar="FILE", help="labelled quotations"
    )
    parse.add_argument("--articles", action="store_true", help="judge articles from standard input instead")
    options = parse.parse_args(arguments)
    plain = load(options.model)
    blind = MaskedModel(plain.folder)
    for path in options.data:
        _figures_of(path, plain, blind)
    if options.articles:
        for line in read_lines(sys.stdin.buffer):
            row = (
                {"id": line.id, "error": line.error}
                if line.error
                else read_article_text(line.text, name=line.id, model=blind).as_json()
            )
            print(json.dumps(row, ensure_ascii=False))
    return DONE


if __name__ == "__main__":
    sys.exit(run(main))
