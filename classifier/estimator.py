"""The training as a scikit-learn classifier, for pipelines, cross-validation and searches over settings.

    >>> from classifier.estimator import StanceClassifier
    >>> model = StanceClassifier().fit(["build the wall", "keep families together"] * 3, ["for", "against"] * 3)
    >>> model.predict(["the wall"]).tolist()
    ['for']

Needs the extra ``train``.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted

from classifier.labels import Labelled
from classifier.stance.head import Array, softmax
from classifier.stance.lexical import LexicalTable
from classifier.training.lexical import fit_lexical

#: ``encoder=PACKAGED`` starts from the MiniLM that the extra ``train`` installs.
PACKAGED: Final = "packaged"


class StanceClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Stances of texts, by the project's training.

    Args:
        encoder: ``None`` fits the lexical channel alone (word and character n-grams), a second for a thousand
            texts. ``"packaged"``, or a sentence-transformers model's path or name, trains the whole: encoder,
            lexical channel and head, in minutes.
        lexical_penalty: scikit-learn's ``C`` of the lexical channel: larger fits closer.
        epochs: passes over the texts when fine-tuning the encoder; ``None`` is the project's choice.
        random_state: the seed of everything random; the lexical channel alone has nothing random.

    With an encoder the fitted model lies in a temporary folder that goes when the estimator goes, and can't be
    pickled; ``python -m classifier.train`` makes one that lasts.

    Attributes:
        classes_: the labels, sorted, ``(classes,)``; columns of every probability stand in this order.
    """

    classes_: NDArray[Any]

    def __init__(
        self,
        encoder: str | None = None,
        *,
        lexical_penalty: float = 3.0,
        epochs: int | None = None,
        random_state: int = 0,
    ) -> None:
        self.encoder = encoder
        self.lexical_penalty = lexical_penalty
        self.epochs = epochs
        self.random_state = random_state

    def __sklearn_tags__(self) -> Tags:
        """Say to scikit-learn that the input is text."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.input_tags.one_d_array = True
        return tags

    def fit(self, X: Sequence[str], y: ArrayLike) -> Self:  # noqa: N803  scikit-learn's name
        """Learn from texts and their labels (of any one type), ``(n,)`` each.

        Raises:
            ValueError: other than two labels or more, or not a text each; with an encoder, a label with fewer
                than five texts.
        """
        texts = _texts(X)
        labels = np.asarray(y)
        if labels.shape != (len(texts),):
            raise ValueError(f"found labels of shape {labels.shape} for {len(texts)} texts; expected one a text")
        check_classification_targets(labels)
        self.classes_, targets = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"found {len(self.classes_)} class; expected at least two different labels")
        if self.encoder is None:
            self.lexical_: LexicalTable = fit_lexical(
                texts, targets, classes=len(self.classes_), inverse_penalty=self.lexical_penalty
            )
        else:
            self._fit_whole(texts, targets)
        return self

    def _fit_whole(self, texts: Sequence[str], targets: NDArray[np.intp]) -> None:
        from classifier.stance.model import load  # noqa: PLC0415  torch only where an encoder is asked for
        from classifier.training.encoder import FineTuning  # noqa: PLC0415
        from classifier.training.run import LEAST, Settings, split, train  # noqa: PLC0415

        tuning = FineTuning() if self.epochs is None else FineTuning(epochs=self.epochs)
        settings = Settings(
            seed=self.random_state,
            encoder=None if self.encoder == PACKAGED else self.encoder,
            fine_tuning=tuning,
            lexical_penalty=self.lexical_penalty,
        )
        few = np.bincount(targets).min()
        if few < LEAST:
            raise ValueError(f"found a label with {few} texts; expected at least {LEAST} to train an encoder")
        names = [f"{number:06}" for number in range(len(self.classes_))]
        items = [Labelled(f"row-{row}", text, names[target]) for row, (text, target) in
                 enumerate(zip(texts, targets, strict=True))]  # fmt: skip
        folder = Path(tempfile.mkdtemp(prefix="stance-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        train(split(items, names, sources={}), folder, settings=settings)
        self.model_ = load(folder)

    def decision_function(self, X: Sequence[str]) -> Array:  # noqa: N803
        """Return log-odds, ``(n, classes)``; for two classes those of the second, ``(n,)``."""
        logits = self._logits(_texts(X))
        two: Array = logits[:, 1] - logits[:, 0]
        return two if logits.shape[1] == 2 else logits

    def predict_proba(self, X: Sequence[str]) -> Array:  # noqa: N803
        """Return probabilities, ``(n, classes)``, each row summing to 1."""
        return softmax(self._logits(_texts(X)))

    def predict(self, X: Sequence[str]) -> NDArray[Any]:  # noqa: N803
        """Return the most probable label of each text, ``(n,)``."""
        best = self._logits(_texts(X)).argmax(axis=1)
        found: NDArray[Any] = self.classes_[best]
        return found

    def _logits(self, texts: Sequence[str]) -> Array:
        check_is_fitted(self, "classes_")
        if self.encoder is None:
            return self.lexical_.scores(texts)
        return self.model_.logits([(text, None) for text in texts])


def _texts(given: Sequence[str]) -> list[str]:
    """Texts of a list, an array or a column.

    Raises:
        ValueError: one string instead of several, none at all, a table, or something that is no text.
    """
    if isinstance(given, str):
        raise ValueError("found one string; expected a list of texts, as in: [text]")
    shape = np.shape(given) if hasattr(given, "shape") else None
    if shape is not None and len(shape) != 1:
        raise ValueError(f"found an array of shape {shape}; expected texts, (n,): one column of a table")
    texts = list(given)
    for place, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(f"text {place}: found {type(text).__name__}, expected a string")
    if not texts:
        raise ValueError("found no texts; expected at least one")
    return texts
