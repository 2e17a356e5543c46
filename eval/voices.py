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

from classifier.labels import Labelled
from classifier.stance.model import StanceModel, load
from classifier.training.run import Settings, targets_of, train
from eval.baselines import TFIDF, majority, plain_recipe
from eval.bench import Bench
from eval.cache import contents, kept
from eval.heads import WORKERS
from eval.judged import Answers, Judged, answers_from_logits
from eval.known import Known
from eval.metrics import Array
from eval.splits import Fold, everything, group_of, leave_one_out

CHEAP_PROTOCOL: Final = (
    "Leave one voice out: the lexical channel and the head are fitted without any quote by the voice. The encoder "
    "cannot be trained again for {n} voices in a report's time, so it is left out altogether, and the lexical "
    "channel is words and word pairs only: a floor for a wholly new voice (--full trains everything again)."
)
FULL_PROTOCOL: Final = (
    "Voices left out in {n} rounds; encoder, lexical table and head are all trained again without them."
)


def _parts(bench: Bench, test: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """What may be fitted on, by channels and head: nothing by the voices of ``test``, nothing that repeats it."""
    voices = {item.voice for item in test}
    channels, held = (
        bench.left([item for item in part if item.voice not in voices], test)
        for part in (bench.training.channels, bench.training.held)
    )
    return channels, held


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
    names = contents((*bench.all_training, *items), "id", "text", "context", "stance", "voice")

    def make() -> tuple[Array, Array]:
        training, classes = bench.all_training, bench.training.classes
        known = Known(
            bench.counted.texts(training),
            bench.counted.contexts(training),
            np.array([bool(item.context) for item in training]),
            targets_of(training, classes),
            [group_of(item) for item in training],
            len(classes),
        )
        places = {item.id: place for place, item in enumerate(training)}
        stances = [classes.index(label) for label in bench.labels]
        tests = [[items[i] for i in fold.test] for fold in folds]
        parts = ((*_parts(bench, test), test) for test in tests)
        jobs = [[np.array([places[item.id] for item in part]) for part in three] for three in parts]
        shares = joblib.Parallel(n_jobs=WORKERS)(
            joblib.delayed(known.judge_all)(jobs[first::WORKERS], stances) for first in range(WORKERS)
        )
        logits = np.zeros((len(items), len(classes)))
        channel = np.zeros((len(items), len(bench.labels)))
        for first, share in enumerate(shares):
            for fold, (by_head, by_channel) in zip(folds[first::WORKERS], share, strict=True):
                logits[fold.test], channel[fold.test] = by_head, by_channel
        return logits, channel

    logits, channel = kept(bench.cache, "voices", names, make)
    return _answers(bench, logits), Answers(name="tfidf", title=TFIDF, probabilities=channel)


def _model_without(bench: Bench, test: Sequence[Labelled], folder: Path) -> StanceModel:
    """A whole model trained without the voices of ``test``; kept, so that an interrupted run goes on."""
    channels, held = _parts(bench, test)
    data = replace(bench.training, channels=channels, held=held)
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
