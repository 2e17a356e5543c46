"""What each part brings: the head fitted again on one channel, on another encoder, or without context.

    python -m eval.ablation --data FILE [--data FILE]

Encoder and lexical table stay as trained; the head is fitted on the quotations that neither saw. The seeds are
judged leaving one article out. Each line is the right side of the two and macro F1 over three stances, with their
95% intervals.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np

from classifier.commands import DONE, run, warn
from classifier.labels import Labelled, read_labels
from classifier.schema import STANCES
from classifier.stance.head import Array, lexical_columns, softmax
from classifier.stance.model import StanceModel, load
from classifier.training.encoder import Encoder, starting_encoder
from classifier.training.head import fit_head
from classifier.training.run import features_of, project_labels, targets_of
from eval.metrics import Layout, gold_numbers, tallies
from eval.uncertainty import figure_intervals

ROOT: Final = Path(__file__).resolve().parent.parent
SEEDS: Final = "seeds, leave one article out"

#: What a head sees of items ``(n, columns)``, and how many columns are the embedding.
Sees: TypeAlias = Callable[[Sequence[Labelled]], tuple[Array, int]]


def systems(model: StanceModel) -> dict[str, Sees]:
    """Return the whole model's features and those with a part left out."""
    frozen = Encoder.load(starting_encoder())
    lexical = lexical_columns(len(model.classes))

    @lru_cache(maxsize=32)
    def features(items: tuple[Labelled, ...]) -> Array:
        return features_of(items, model.encoder, model.lexical)

    def whole(items: Sequence[Labelled]) -> tuple[Array, int]:
        found = features(tuple(items))
        return found, found.shape[1] - lexical

    def words_only(items: Sequence[Labelled]) -> tuple[Array, int]:
        return whole(items)[0][:, -lexical:], 0

    def encoder_only(items: Sequence[Labelled]) -> tuple[Array, int]:
        found, width = whole(items)
        return found[:, :width], width

    @lru_cache(maxsize=32)
    def embedded(items: tuple[Labelled, ...]) -> Array:
        return frozen.encode([(item.text, item.context) for item in items]).astype(np.float64)

    def frozen_only(items: Sequence[Labelled]) -> tuple[Array, int]:
        found = embedded(tuple(items))
        return found, found.shape[1]

    def frozen_and_words(items: Sequence[Labelled]) -> tuple[Array, int]:
        found, width = frozen_only(items)
        return np.hstack([found, words_only(items)[0]]), width

    def no_context(items: Sequence[Labelled]) -> tuple[Array, int]:
        return whole([replace(item, context=None) for item in items])

    return {
        "whole": whole,
        "lexical channel alone": words_only,
        "encoder alone": encoder_only,
        "encoder alone, not fine-tuned": frozen_only,
        "encoder not fine-tuned, lexical channel": frozen_and_words,
        "whole, without any context": no_context,
    }


class Fitted:
    """One system over the quotations that heads are fitted on, and its answers to others."""

    def __init__(self, sees: Sees, held: Sequence[Labelled], classes: Sequence[str]) -> None:
        self._sees, self._held, self._classes = sees, held, classes
        self._features, self._width = sees(held)

    def probabilities(self, items: Sequence[Labelled], *, without: str = "") -> Array:
        """Judge items by a head fitted without the group ``without``: ``(n, stances)``."""
        rows = [place for place, item in enumerate(self._held) if not without or item.group != without]
        kept = [self._held[place] for place in rows]
        head = fit_head(
            self._features[rows],
            targets_of(kept, self._classes),
            [item.group or item.id for item in kept],
            classes=len(self._classes),
            width=self._width,
        )
        known = [self._classes.index(label) for label in STANCES]
        return softmax(head.logits(self._sees(items)[0])[:, known])


def _report(name: str, items: Sequence[Labelled], found: Array) -> None:
    layout = Layout(STANCES)
    rows = tallies(gold_numbers([item.stance for item in items], STANCES), found, layout)
    values = figure_intervals(rows, [item.group or item.id for item in items], layout)
    told = [
        f"{title} {v.value:.3f}" + (f" ({v.low:.3f} to {v.high:.3f})" if v.low is not None else "")
        for title, v in (("side", values["side_accuracy"]), ("macro F1", values["macro_f1"]))
    ]
    print(f"  {name}: {', '.join(told)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parse = argparse.ArgumentParser(prog="python -m eval.ablation", description=__doc__.split("\n")[0])
    parse.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: as predict's)")
    parse.add_argument("--data", type=Path, action="append", default=[], metavar="FILE", help="an outside set")
    options = parse.parse_args(arguments)
    model, held = load(options.model), project_labels(ROOT).held
    seeds = read_labels(ROOT / "labels" / "seeds.jsonl", seeds=ROOT / "seeds")
    outside = {path.name: read_labels(path) for path in options.data}
    for name, sees in systems(model).items():
        warn(f"{name} …")
        fitted = Fitted(sees, held, model.classes)
        print(name)
        for title, items in outside.items():
            _report(title, items, fitted.probabilities(items))
        found = np.zeros((len(seeds), len(STANCES)))
        for group in sorted({item.group for item in seeds}):
            rows = [place for place, item in enumerate(seeds) if item.group == group]
            found[rows] = fitted.probabilities([seeds[place] for place in rows], without=group)
        _report(SEEDS, seeds, found)
    return DONE


if __name__ == "__main__":
    raise SystemExit(run(main))
