"""One set, judged by its plan: the model's answers with their reasons, beside the baselines'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from classifier.labels import Labelled
from classifier.schema import OFF_TOPIC
from classifier.stance.head import Head
from eval.baselines import Training, majority, plain_recipe, tfidf
from eval.bench import Bench
from eval.heads import logits_of_folds
from eval.judged import Answers, Judged, Reasons, answers_from_logits
from eval.reasons import reasons_of
from eval.splits import Fold, Repeats

MODEL: Final = "Classifier"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How one set is to be judged: ``heads`` has a head for each fold."""

    name: str
    title: str
    protocol: str
    group_kind: str
    items: Sequence[Labelled]
    groups: Sequence[str]
    folds: Sequence[Fold]
    heads: Mapping[str, Head]
    notes: Sequence[str] = ()


def _model(bench: Bench, plan: Plan) -> tuple[Answers, Sequence[Reasons]]:
    """The model's answers and the reasons for them."""
    features = bench.features(plan.items)
    logits = logits_of_folds(features, plan.folds, plan.heads)
    answers = answers_from_logits(
        logits, bench.model.classes, bench.labels, name="model", title=MODEL, limits=bench.limits
    )
    reasons = reasons_of(
        plan.items,
        features,
        logits,
        folds=plan.folds,
        heads=plan.heads,
        lexical=bench.model.lexical,
        training=bench.head_training if bench.known_labels else None,
        repeats=bench.repeats if bench.known_labels else Repeats({}),
        stances=[n for n, label in enumerate(bench.model.classes) if label != OFF_TOPIC],
    )
    return answers, reasons


def judge_plan(bench: Bench, plan: Plan, *, written: Training | None, seeds: Training | None) -> Judged:
    """Judge a set by its plan, beside the baselines.

    ``written`` gives TF-IDF, and ``seeds`` the plain recipe, what to fit on for a fold; ``None`` leaves it out.
    """
    model, reasons = _model(bench, plan)
    baselines = [majority(plan.items, bench.labels)]
    if written is not None:
        bench.progress(f"{plan.name}: TF-IDF")
        baselines.append(tfidf(plan.items, plan.folds, written, bench.labels, bench.counted.further(plan.items)))
    if seeds is not None:
        bench.progress(f"{plan.name}: plain recipe")
        baselines.append(plain_recipe(plan.items, plan.folds, seeds, bench.labels, bench.frozen))
    return Judged(
        name=plan.name,
        title=plan.title,
        protocol=plan.protocol,
        items=plan.items,
        groups=plan.groups,
        group_kind=plan.group_kind,
        labels=bench.labels,
        model=model,
        baselines=baselines,
        reasons=reasons,
        notes=plan.notes,
        heads=_head_of_each(plan),
    )


def _head_of_each(plan: Plan) -> list[Head]:
    names = {int(place): fold.name for fold in plan.folds for place in fold.test}
    return [plan.heads[names[place]] for place in range(len(plan.items))]
