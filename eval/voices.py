"""Written quotes by voices nobody has read: everything that learns from labels is fitted without the voice.

The encoder takes many minutes to train, so it stays out here: the classifier is its lexical channel and its
head, both fitted again for every voice. With ``full`` the whole model, encoder included, is trained
again for rounds of voices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import joblib
import numpy as np
from scipy import sparse

from classifier.labels import Labelled
from classifier.stance.model import StanceModel, load
from classifier.training.run import Settings, targets_of, train
from eval.baselines import TFIDF, majority, plain_recipe
from eval.bench import Bench
from eval.cache import kept
from eval.heads import HeadTraining
from eval.judged import Answers, Judged, answers_from_logits
from eval.metrics import Array
from eval.splits import Fold, everything, leave_one_out
from eval.words import fit_tfidf

CHEAP_PROTOCOL: Final = (
    "Leave one voice out: the lexical channel and the head are fitted without any quote by the voice. The encoder "
    "cannot be trained again for {n} voices in a report's time, so it is left out altogether, and the lexical "
    "channel is words and word pairs only: a floor for a wholly new voice (--full trains everything again)."
)
FULL_PROTOCOL: Final = (
    "Voices left out in {n} rounds; encoder, lexical table and head are all trained again without them."
)

#: With so few features the penalty hardly matters.
FEW_PENALTIES: Final = (0.01, 0.1)


def _judge(bench: Bench, test: Sequence[Labelled]) -> tuple[Array, Array]:
    """Log-odds by channel and head ``(test, classes)``, and the channel's own probabilities ``(test, labels)``.

    Both are fitted without any item by the voices of ``test`` and without near-duplicates of ``test``.
    """
    voices, counted, classes = {item.voice for item in test}, bench.counted, bench.training.classes
    channels = bench.left([i for i in bench.training.channels if i.voice not in voices], test)
    held = bench.left([i for i in bench.training.held if i.voice not in voices], test)
    with_context = [item for item in channels if item.context]
    counts = sparse.vstack([counted.texts(channels), counted.contexts(with_context)]).tocsr()
    model = fit_tfidf(counts, targets_of([*channels, *with_context], classes).tolist())

    def features(items: Sequence[Labelled]) -> Array:
        has = np.array([[float(bool(item.context))] for item in items])
        return np.hstack([model.scores(counted.texts(items)), model.scores(counted.contexts(items)) * has, has])

    head = HeadTraining(held, features(held), classes).fit(
        range(len(held)), cache=bench.cache, penalties=FEW_PENALTIES
    )
    stances = [classes.index(label) for label in bench.labels]
    return head.logits(features(test)), model.probabilities(counted.texts(test), stances)


def _answers(bench: Bench, logits: Array) -> Answers:
    return answers_from_logits(
        logits,
        bench.training.classes,
        bench.labels,
        name="model",
        title="Lexical channel and head",
        limits=bench.limits,
    )


def _cheap(bench: Bench, items: Sequence[Labelled], folds: Sequence[Fold]) -> tuple[Answers, Answers]:
    """The classifier without its encoder, and TF-IDF alone, each voice unread."""
    names = [(item.id, item.text, item.context, item.stance, item.voice) for item in (*bench.all_training, *items)]

    def make() -> tuple[Array, Array]:
        logits = np.zeros((len(items), len(bench.training.classes)))
        channel = np.zeros((len(items), len(bench.labels)))
        for fold in folds:
            logits[fold.test], channel[fold.test] = _judge(bench, [items[i] for i in fold.test])
        return logits, channel

    logits, channel = kept(bench.cache, "voices", names, make)
    return _answers(bench, logits), Answers(name="tfidf", title=TFIDF, probabilities=channel)


def _model_without(bench: Bench, test: Sequence[Labelled], folder: Path) -> StanceModel:
    """A whole model trained without the voices of ``test``; kept, so that an interrupted run goes on."""
    voices = {item.voice for item in test}
    data = replace(
        bench.training,
        channels=bench.left([i for i in bench.training.channels if i.voice not in voices], test),
        held=bench.left([i for i in bench.training.held if i.voice not in voices], test),
    )
    names = joblib.hash([(item.id, item.text, item.stance) for item in (*data.channels, *data.held)])
    out = folder / f"without-{names}"
    if not (out / "manifest.json").is_file():
        train(data, out, settings=Settings(), progress=bench.progress)
    return load(out)


def _full(bench: Bench, items: Sequence[Labelled], folds: Sequence[Fold]) -> Answers:
    logits = np.zeros((len(items), len(bench.training.classes)))
    for number, fold in enumerate(folds, 1):
        test = [items[i] for i in fold.test]
        bench.progress(f"voices: training without {len({i.voice for i in test})} voices, {number} of {len(folds)}")
        model = _model_without(bench, test, bench.cache)
        logits[fold.test] = model.logits([(item.text, item.context) for item in test])
    return replace(_answers(bench, logits), title="Classifier, trained without the voice")


def voices_set(bench: Bench, items: Sequence[Labelled], *, rounds: Sequence[Fold] | None = None) -> Judged:
    """Judge written quotes, each without having read its voice.

    ``rounds`` of voices, given, trains the whole model again for each; else every voice is left out by itself
    and the encoder with it.
    """
    groups = [item.voice for item in items]
    folds = list(leave_one_out(groups))
    bench.progress(f"voices: {len(items)} quotes, {len(folds)} voices left out one at a time")
    model, tfidf = _cheap(bench, items, folds)
    if rounds is not None:
        model = _full(bench, items, rounds)
    seeds = list(bench.seeds)
    return Judged(
        name="voices",
        title="Written quotes, new voices",
        protocol=CHEAP_PROTOCOL.format(n=len(folds)) if rounds is None else FULL_PROTOCOL.format(n=len(rounds)),
        items=items,
        groups=groups,
        group_kind="voice",
        labels=bench.labels,
        model=model,
        baselines=(
            majority(items, bench.labels),
            tfidf,
            plain_recipe(items, everything(items), lambda _: seeds, bench.labels, bench.frozen),
        ),
    )
