"""The classifier's head, fitted again inside each fold; encoder and lexical table as the model has them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import joblib
import numpy as np
from numpy.typing import NDArray

from classifier.labels import Labelled
from classifier.stance.head import Array, Head
from classifier.training.head import fit_head
from eval.cache import kept
from eval.splits import Fold, Repeats, group_of

#: Processes that fit heads side by side.
WORKERS: Final = min(2, os.cpu_count() or 1)

#: Items from which on starting processes pays.
WORTH: Final = 1000


@dataclass(frozen=True, slots=True)
class HeadTraining:
    """What heads are fitted from: ``features`` ``(n, columns)`` and ``targets`` ``(n,)`` of ``items``.

    ``targets`` number the ``classes``.
    """

    items: Sequence[Labelled]
    features: Array
    targets: NDArray[np.intp]
    classes: tuple[str, ...]

    def fit(self, places: Sequence[int] | NDArray[np.intp], *, cache: Path) -> Head:
        """Fit a head on some of the items: scaler, penalty and temperature included."""
        rows = np.asarray(places, dtype=np.intp)
        targets = self.targets[rows]
        features = self.features[rows].astype(np.float32)  # fitted in half the time, and no answer changes
        groups = [group_of(self.items[i]) for i in rows]

        def make() -> Head:
            return fit_head(features, targets, groups, classes=len(self.classes))

        inputs = (features, targets, groups, self.classes)
        head: Head = kept(cache, "head", inputs, make)
        return head


def fold_heads(
    training: HeadTraining, items: Sequence[Labelled], folds: Sequence[Fold], repeats: Repeats, *, cache: Path
) -> Mapping[str, Head]:
    """A head for each fold, from all training items but the fold's own and their near-duplicates."""
    names = [fold.name for fold in folds]
    places = [repeats.without(training.items, [items[i] for i in fold.test]) for fold in folds]
    workers = WORKERS if len(training.items) >= WORTH else 1
    heads = joblib.Parallel(n_jobs=workers)(joblib.delayed(training.fit)(part, cache=cache) for part in places)
    return dict(zip(names, heads, strict=True))


def logits_of_folds(features: Array, folds: Iterable[Fold], heads: Mapping[str, Head]) -> Array:
    """Log-odds ``(n, classes)`` of the items with ``features``, each by its fold's own head."""
    out: Array | None = None
    for fold in folds:
        found = heads[fold.name].logits(features[fold.test])
        if out is None:
            out = np.zeros((len(features), found.shape[1]))
        out[fold.test] = found
    return out if out is not None else np.zeros((len(features), 0))
