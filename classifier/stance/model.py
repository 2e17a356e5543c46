"""The stance model as a whole: texts in, predictions out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from classifier.artifact import MANIFEST, ModelFolder, default_model, open_model, opening
from classifier.background import Background
from classifier.errors import InputError
from classifier.schema import OFF_TOPIC, Prediction
from classifier.stance.encoder import ENCODER as ENCODER  # noqa: PLC0414  training takes the two from here
from classifier.stance.encoder import TOKENIZER as TOKENIZER  # noqa: PLC0414
from classifier.stance.encoder import OnnxEncoder, Pair, open_encoder
from classifier.stance.head import Array, Head, feature_rows, softmax
from classifier.stance.lexical import LexicalTable
from classifier.stance.text import surroundings

if TYPE_CHECKING:
    from classifier.stance.explain import Examples

#: Files of a model folder, beside the encoder's.
HEAD, LEXICAL = "head.npz", "lexical.npz"
EXAMPLES, SIGNS = "examples.jsonl.gz", "examples.npz"


#: Characters from which on paragraphs make a passage: shorter ones say too little of what an article is about.
PASSAGE = 300
#: Most passages read, taken evenly: more cost time and tell nothing new.
PASSAGES = 8


@dataclass(frozen=True, slots=True)
class Abstention:
    """When to say "can't tell": below ``certain`` for the best stance, above ``off_topic`` for no stance.

    ``elsewhere``: the log-odds, against those of a text without a known word, from which on an article as a whole
    is about something else. Chosen on the written articles' development part, where one of 74 is above it.
    """

    certain: float = 0.5
    off_topic: float = 0.3
    elsewhere: float = -0.9


def _numbers(path: Path) -> dict[str, NDArray[np.generic]]:
    with np.load(path, allow_pickle=False) as arrays:
        if not hasattr(arrays, "files"):
            raise ValueError("one array, expected an archive of several")
        return {name: arrays[name] for name in arrays.files}


def _check(found: NDArray[Any], shape: tuple[int, ...], name: str) -> None:
    if found.shape != shape:
        raise ValueError(f"{name} has shape {found.shape}, expected {shape}")


def passages(article: str) -> list[str]:
    """Return an article in passages of whole paragraphs, each as soon as it is long enough."""
    found = [""]
    for paragraph in article.split("\n"):
        if len(found[-1]) >= PASSAGE:
            found.append("")
        found[-1] += f" {paragraph}" if paragraph.strip() else ""
    return [passage for passage in found if passage]


def channel_features(pairs: Sequence[Pair], encoder: OnnxEncoder, lexical: LexicalTable) -> Array:
    """Run both channels over quotations with their contexts: what the head sees, ``(len(pairs), features)``."""
    seen = [(text, surroundings(text, context)) for text, context in pairs]
    return feature_rows(
        encoder.encode(seen),
        lexical.scores([text for text, _ in seen]),
        lexical.scores([around or "" for _, around in seen]),
        np.array([around is not None for _, around in seen], dtype=np.bool_),
    )


class StanceModel:
    """A trained model, read from its verified folder.

    ``classes`` are the stances, in the order of every probability, then ``off-topic`` where the model
    knows it. ``encoder`` returns the folder's encoder where somebody opens it already.
    """

    def __init__(
        self, folder: ModelFolder, *, threads: int = 0, encoder: Callable[[], OnnxEncoder] | None = None
    ) -> None:
        self.folder = folder
        self.classes: tuple[str, ...] = tuple(folder.manifest["classes"])
        self.stances = tuple(label for label in self.classes if label != OFF_TOPIC)
        with opening(folder.root / MANIFEST):
            self.abstention = Abstention(**{k: float(v) for k, v in folder.manifest["abstention"].items()})
        self._open_encoder = encoder or (lambda: open_encoder(folder, threads=threads))

    @cached_property
    def encoder(self) -> OnnxEncoder:
        """The sentence encoder, opened when first used."""
        return self._open_encoder()

    @cached_property
    def lexical(self) -> LexicalTable:
        """The lexical channel's table."""
        path = self.folder.path(LEXICAL)
        with opening(path):
            n = _numbers(path)
            table = LexicalTable(
                n["hashes"].astype(np.uint64, copy=False),
                n["idf"].astype(np.float32, copy=False),
                n["weights"].astype(np.float32, copy=False),
                n["bias"].astype(np.float64),
            )
            size, classes = len(table.hashes), len(self.classes)
            _check(table.hashes, (size,), "hashes")
            _check(table.idf, (size,), "idf")
            _check(table.weights, (size, classes), "weights")
            _check(table.bias, (classes,), "bias")
        return table

    @cached_property
    def examples(self) -> Examples | None:
        """Labelled quotations to explain by; ``None`` in a model without them."""
        if SIGNS not in self.folder.manifest["files"]:
            return None
        from classifier.stance.explain import Examples  # noqa: PLC0415  no answer needs them

        return Examples(self.folder.path(EXAMPLES), self.folder.path(SIGNS))

    @cached_property
    def head(self) -> Head:
        """The logistic regression over both channels."""
        path = self.folder.path(HEAD)
        with opening(path):
            n = {name: value.astype(np.float64) for name, value in _numbers(path).items()}
            width, classes = len(n["mean"]), len(self.classes)
            _check(n["mean"], (width,), "mean")
            _check(n["scale"], (width,), "scale")
            _check(n["weights"], (width, classes), "weights")
            _check(n["bias"], (classes,), "bias")
            return Head(n["mean"], n["scale"], n["weights"], n["bias"], float(n["temperature"]))

    def features(self, pairs: Sequence[Pair]) -> Array:
        """Return what the head sees, ``(len(pairs), features)``."""
        if "lexical" not in vars(self):
            reading = Background(lambda: self.lexical)  # while the encoder is opened, which takes far longer
            _ = self.encoder
            reading.result()
        return channel_features(pairs, self.encoder, self.lexical)

    def logits(self, pairs: Sequence[Pair]) -> Array:
        """Return calibrated log-odds over ``classes``, ``(len(pairs), classes)``; repeated pairs cost nothing."""
        places = {pair: place for place, pair in enumerate(dict.fromkeys(pairs))}
        if not places:
            return np.empty((0, len(self.classes)))
        distinct = self.head.logits(self.features(list(places)))
        result: Array = distinct[[places[pair] for pair in pairs]]
        return result

    def predict(self, texts: Sequence[str], contexts: Sequence[str | None] | None = None) -> list[Prediction]:
        """Judge each text, with its context (the sentence that carries it) where one is given.

        Raises:
            InputError: an empty text, or another number of contexts than of texts.
        """
        contexts = [None] * len(texts) if contexts is None else contexts
        if len(contexts) != len(texts):
            raise InputError(f"found {len(contexts)} contexts for {len(texts)} texts; expected one each, or None")
        for place, text in enumerate(texts):
            if not text.strip():
                raise InputError(f"text {place} is empty; expected the words of a quotation")
        return self.decide(texts, self.logits(list(zip(texts, contexts, strict=True))))

    def is_elsewhere(self, article: str) -> bool:
        """Tell whether an article is probably about something else, by the words of its passages.

        A quotation with its sentence hardly ever looks off topic by itself: pride could be about anything.
        """
        if OFF_TOPIC not in self.classes:
            return False
        found = passages(article)
        scores = self.lexical.scores(["", *found[:: -(-len(found) // PASSAGES) or 1]])
        off = self.classes.index(OFF_TOPIC)
        on = np.logaddexp.reduce(np.delete(scores, off, axis=1), axis=1)
        unknown, *read = scores[:, off] - on
        return bool(read) and float(np.mean(read) - unknown) > self.abstention.elsewhere

    def decide(self, texts: Sequence[str], logits: Array) -> list[Prediction]:
        """Turn log-odds ``(len(texts), classes)`` into predictions, with abstention."""
        known = [self.classes.index(label) for label in self.stances]
        stances = softmax(logits[:, known]) if len(logits) else np.empty((0, len(known)))
        off = (
            softmax(logits)[:, self.classes.index(OFF_TOPIC)]
            if OFF_TOPIC in self.classes and len(logits)
            else None
        )
        return [
            self._prediction(text, stances[row], 0.0 if off is None else float(off[row]))
            for row, text in enumerate(texts)
        ]

    def _prediction(self, text: str, probabilities: Array, off: float) -> Prediction:
        best = int(probabilities.argmax())
        reason = None
        if off > self.abstention.off_topic:
            reason = f"off topic: probably not about immigration enforcement ({off:.0%})"
        elif probabilities[best] < self.abstention.certain:
            reason = f"unsure: {self.stances[best]} is likeliest, but only at {probabilities[best]:.0%}"
        return Prediction(
            text=text,
            stance=self.stances[best],
            probabilities=dict(zip(self.stances, map(float, probabilities), strict=True)),
            abstained=reason is not None,
            reason=reason,
        )


def load(folder: str | os.PathLike[str] | None = None, *, threads: int = 0) -> StanceModel:
    """Open a model: ``folder``, else ``$CLASSIFIER_MODEL``, else ``models/local``, else the one that ships.

    Raises:
        ModelError: no model there, or a damaged one.
    """
    return StanceModel(open_model(Path(folder) if folder is not None else default_model()), threads=threads)
