"""The lexical channel and a head, fitted again without a voice, in a process of its own.

Apart from the rest so that such a process imports neither torch nor the encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classifier.training.head import fit_head
from eval.metrics import Array
from eval.words import Counts, fit_tfidf

Rows = NDArray[np.intp]

#: With so few features the penalty hardly matters.
FEW_PENALTIES: Final = (0.01, 0.1)


@dataclass(frozen=True, slots=True)
class Known:
    """All training quotations as numbers, so that another process can fit on some of them.

    ``texts`` and ``contexts`` ``(n, words)``, ``has_context`` ``(n,)``, ``targets`` ``(n,)``, ``groups`` ``(n,)``.
    """

    texts: Counts
    contexts: Counts
    has_context: NDArray[np.bool_]
    targets: NDArray[np.intp]
    groups: Sequence[str]
    classes: int

    def judge_all(self, jobs: Sequence[Sequence[Rows]], stances: Sequence[int]) -> list[tuple[Array, Array]]:
        """Judge one voice after the other: a process's whole share, as all numbers are sent with each call."""
        return [self._judge(*rows, stances) for rows in jobs]

    def _judge(self, channels: Rows, held: Rows, test: Rows, stances: Sequence[int]) -> tuple[Array, Array]:
        """Fit the lexical channel on ``channels`` and the head on ``held``; judge ``test``.

        Returns log-odds by both ``(test, classes)``, and the channel's own probabilities ``(test, stances)``.
        """
        around = channels[self.has_context[channels]]
        counts = sparse.vstack([self.texts[channels], self.contexts[around]]).tocsr()
        model = fit_tfidf(counts, self.targets[np.concatenate([channels, around])].tolist())

        def features(rows: Rows) -> Array:
            has = self.has_context[rows].astype(np.float64)[:, None]
            return np.hstack([model.scores(self.texts[rows]), model.scores(self.contexts[rows]) * has, has])

        head = fit_head(
            features(held),
            self.targets[held],
            [self.groups[row] for row in held],
            classes=self.classes,
            penalties=FEW_PENALTIES,
        )
        return head.logits(features(test)), model.probabilities(self.texts[test], stances)
