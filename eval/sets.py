"""The sets that are judged, each by its own honest protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from classifier.labels import Labelled, read_labels
from eval.bench import Bench
from eval.heads import fold_heads
from eval.judged import Judged
from eval.plan import Plan, judge_plan
from eval.splits import (
    Fold,
    article_groups,
    check_leaks,
    everything,
    group_of,
    leaks,
    leave_one_out,
    rounds_of,
)

SEEDS_PROTOCOL: Final = (
    "Leave one article out. Each article is judged by a head (scaler, penalty and temperature included) fitted "
    "without any of its quotations or their near-duplicates. Held fixed: the encoder and the lexical table, "
    "which were trained on written text and never saw a quotation of these articles."
)
HELD: Final = {
    "article": (
        "articles",
        "Written articles",
        "Written articles that neither the encoder nor the lexical table was trained on, left out in five rounds: "
        "each is judged by a head fitted without any of its quotations. Held fixed: the encoder and the lexical "
        "table.",
    ),
    "voice": (
        "written",
        "Written quotes",
        "Written quotes that neither the encoder nor the lexical table was trained on, voices left out in five "
        "rounds: each is judged by a head fitted without its voice. Held fixed: the encoder and the lexical "
        "table, which have read other quotes by the same voice; the next block judges voices never read.",
    ),
}
#: Written quotes that are judged by default: more take time and tell little, as there are few voices.
MOST_WRITTEN: Final = 600
#: What the quotations of written articles are called where others have a voice.
ARTICLE_VOICE: Final = "article"
OUTSIDE_PROTOCOL: Final = "The model as it is. Nothing was trained or tuned on this set."
PAIRS_PROTOCOL: Final = (
    "Minimal pairs: a few words turn the stance round. Written to be hard, for testing only; the model as it is."
)


def seed_set(bench: Bench) -> Judged:
    """The quotations of the seeds, one article left out at a time."""
    items = list(bench.seeds)
    check_leaks(items, bench.all_written, what="labels/seeds.jsonl")
    groups = [group_of(item) for item in items]
    folds = list(leave_one_out(article_groups(items)))
    bench.progress(f"seeds: {len(items)} quotations of {len(set(groups))} articles, one left out at a time")
    heads = fold_heads(bench.head_training, items, folds, bench.repeats, cache=bench.cache)
    plan = Plan(
        name="seeds",
        title=f"The {len(set(groups))} articles",
        protocol=SEEDS_PROTOCOL,
        group_kind="article",
        items=items,
        groups=groups,
        folds=folds,
        heads=heads,
        notes=_together(groups, folds),
    )

    def rest(fold: Fold) -> list[Labelled]:
        return [items[i] for i in fold.train]

    return judge_plan(bench, plan, written=lambda fold: bench.stance_written + rest(fold), seeds=rest)


def _together(groups: Sequence[str], folds: Sequence[Fold]) -> list[str]:
    """Say which articles share a quotation and so are left out together."""
    shared = [sorted({groups[i] for i in fold.test}) for fold in folds]
    return [
        f"{' and '.join(names)} share a quotation and are left out together." for names in shared if len(names) > 1
    ]


def _unseen(bench: Bench, items: Sequence[Labelled]) -> tuple[list[Labelled], list[str]]:
    """Those held items whose words don't stand in the channels' part by coincidence, and a note on the others."""
    seen = {item.id for item, _ in leaks(items, bench.training.channels)}
    notes = [f"{len(seen)} held quotes left out: the same words also stand in the training part."] if seen else []
    return [item for item in items if item.id not in seen], notes


def _evenly(items: Sequence[Labelled], most: int | None) -> tuple[list[Labelled], list[str]]:
    """At most ``most`` items, as many of each voice as there are, always the same ones; and a note on the rest."""
    if most is None or len(items) <= most:
        return list(items), []
    taken: dict[str, int] = {}
    ranked = []
    for item in sorted(items, key=lambda item: hashlib.sha256(item.id.encode()).digest()):
        ranked.append((taken.get(item.voice, 0), item.id))
        taken[item.voice] = taken.get(item.voice, 0) + 1
    kept = {name for _, name in sorted(ranked)[:most]}
    note = f"{most} of {len(items)} held quotes, as many of each voice as there are; --full judges all."
    return [item for item in items if item.id in kept], [note]


def held_sets(bench: Bench, *, most: int | None = MOST_WRITTEN) -> list[Judged]:
    """The written articles and the written quotes that the channels never saw.

    Both are left out in the same few rounds, so that one head serves a round: articles as wholes, voices as
    wholes. At most ``most`` written quotes are judged; ``None`` judges all.
    """
    articles, article_notes = _unseen(bench, bench.article_quotes)
    unseen, notes = _unseen(bench, [item for item in bench.written if item.voice])
    written, more = _evenly(unseen, most)
    together = [*articles, *written]
    folds = rounds_of([group_of(item) for item in articles] + [f"voice {item.voice}" for item in written])
    bench.progress(f"articles and written: {len(together)} quotations, left out in {len(folds)} rounds")
    heads = fold_heads(bench.head_training, together, folds, bench.repeats, cache=bench.cache)
    parts = (
        (articles, "article", [group_of(item) for item in articles], article_notes, 0),
        (written, "voice", [item.voice for item in written], notes + more, len(articles)),
    )
    found = []
    for items, kind, groups, said, start in parts:
        if items:
            name, title, protocol = HELD[kind]
            plan = Plan(
                name=name,
                title=title,
                protocol=protocol,
                group_kind=kind,
                items=items,
                groups=groups,
                folds=_parts(folds, start, start + len(items)),
                heads=heads,
                notes=said,
            )
            found.append(
                judge_plan(bench, plan, written=partial(_others, bench, items), seeds=lambda _: list(bench.seeds))
            )
    return found


def _parts(folds: Sequence[Fold], start: int, end: int) -> list[Fold]:
    """The folds' shares of the items from ``start`` to ``end``; a round may have none of them."""
    return [part for fold in folds if len((part := fold.part(start, end)).test)]


def _others(bench: Bench, items: Sequence[Labelled], fold: Fold) -> list[Labelled]:
    """Everything with a stance but the groups, or voices, of the fold's test part."""
    test = [items[i] for i in fold.test]
    voices = {item.voice for item in test} - {ARTICLE_VOICE}
    others = [item for item in bench.stance_written if item.voice not in voices]
    return bench.left(others, test) + list(bench.seeds)


def _as_is(bench: Bench, items: Sequence[Labelled], *, name: str, title: str, protocol: str) -> Judged:
    groups = [group_of(item) for item in items]
    plan = Plan(
        name=name,
        title=title,
        protocol=protocol,
        group_kind="group" if any(item.group for item in items) else "quotation",
        items=items,
        groups=groups,
        folds=everything(items),
        heads={"all": bench.model.head},
    )
    if not bench.known_labels:
        return judge_plan(bench, plan, written=None, seeds=None)
    trained = bench.stance_written + list(bench.seeds)
    return judge_plan(bench, plan, written=lambda _: trained, seeds=lambda _: list(bench.seeds))


def pairs_set(bench: Bench, path: Path) -> Judged:
    """The minimal pairs."""
    items = read_labels(path, stances=bench.labels)
    check_leaks(items, bench.all_training, what=str(path))
    bench.progress(f"pairs: {len(items)} quotations")
    return _as_is(bench, items, name="pairs", title="Minimal pairs", protocol=PAIRS_PROTOCOL)


def outside_set(bench: Bench, path: Path, *, name: str) -> Judged:
    """A set from outside, never trained on and never pooled with another.

    Raises:
        LabelsError: a bad row.
        LeakError: a text of it stands in the training labels.
    """
    items = read_labels(path, stances=bench.labels)
    if bench.known_labels:
        check_leaks(items, bench.all_training, what=str(path))
    bench.progress(f"{name}: {len(items)} quotations")
    return _as_is(bench, items, name=name, title=f"Outside: {path.name}", protocol=OUTSIDE_PROTOCOL)
