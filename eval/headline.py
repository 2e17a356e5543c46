"""The first screen: is it good, did it get better, what can't be told, and the five worst errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from eval.uncertainty import FEW

Json = dict[str, Any]
#: Errors on the first screen.
WORST: Final = 5
#: Fewer examples of a stance say little about it.
THIN: Final = 10
_PLAIN: Final = {"majority": "one fixed answer", "tfidf": "word counts", "plain": "the plain recipe"}
_BEATS: Final = {
    "better": "better than",
    "worse": "worse than",
    "cannot tell": "not clearly different from",
    "the same": "the same as",
}


def _percent(value: float) -> str:
    return f"{value:.0%}"


def _span(figure: Json) -> str:
    if figure["low"] is None:
        return f"{_percent(figure['value'])} (no interval: one group)"
    return f"{_percent(figure['value'])} ({_percent(figure['low'])} to {_percent(figure['high'])})"


def _range(figure: Json) -> str:
    """A share with its interval, for a sentence."""
    if figure["low"] is None:
        return _span(figure)
    return f"{_percent(figure['value'])} (likely between {_percent(figure['low'])} and {_percent(figure['high'])})"


def _strongest(block: Json) -> Json:
    """The baseline with the highest accuracy."""
    found: Json = max(block["baselines"], key=lambda b: float(b["figures"]["accuracy"]["value"]))
    return found


def _plainly(baseline: Json) -> str:
    """A baseline in words that need no glossary."""
    return _PLAIN.get(baseline["name"], baseline["title"].split(" (", maxsplit=1)[0])


def _good(block: Json) -> Json:
    """One line on one set: the accuracy, its interval, and whether the strongest baseline is beaten."""
    rival = _strongest(block)
    verdict, level = rival["classifier_against_it"]["verdict"], rival["figures"]["accuracy"]["value"]
    return {
        **{key: block[key] for key in ("name", "title", "n", "groups", "group_kind")},
        **{name: block["figures"][name] for name in ("accuracy", "macro_f1", "side_accuracy")},
        "beats": verdict,
        "rival": _plainly(rival),
        "rival_accuracy": level,
        "sentence": f"{_span(block['figures']['accuracy'])} right, {_BEATS[verdict]} the best simple method, "
        f"{_plainly(rival)}, {_percent(level)}.",
    }


def _answer(rows: Sequence[Json]) -> list[str]:
    """The report in two sentences."""
    if not rows:
        return []
    first = rows[0]
    counted = f"{first['n']} quotations in {first['groups']} {first['group_kind']}s"
    said = [f"Right on {_range(first['accuracy'])} of {counted} that it never saw."]
    better = [row for row in rows if row["beats"] == "better"]
    worse = [row for row in rows if row["beats"] == "worse"]
    words = f"It clearly beats the best simple method on {len(better)} of {len(rows)} sets"
    words += f" and is clearly below it on {len(worse)}" if worse else ""
    rest = len(rows) - len(better) - len(worse)
    return [*said, words + (f"; on {rest} the difference could be chance." if rest else ".")]


_MOVED: Final = {
    "better": "Better",
    "worse": "Worse",
    "the same": "As many right as before",
    "cannot tell": "Cannot tell",
}


def _points(share: float) -> str:
    points = max(1, round(100 * share))
    return f"{points} point" if points == 1 else f"{points} points"


def _changed(block: Json) -> Json | None:
    """One sentence on what changed in a set; ``None`` where nothing did or there is nothing to compare with."""
    comparison = block["comparison"]
    if comparison is None or not comparison["answers_changed"]:
        return None
    change = comparison["figures"]["accuracy"]
    sentence = (
        f"{_MOVED[change['verdict']]}: {_percent(change['before'])} right before, {_percent(change['now'])} now, "
        f"{len(comparison['fixed'])} fixed, {len(comparison['broken'])} broken"
    )
    least = comparison["detectable_accuracy_difference"]
    if change["verdict"] == "cannot tell":
        sentence += (
            f" ({_points(least)} would show)" if least is not None else " (too few changes to show anything)"
        )
    return {
        "set": block["name"],
        "title": block["title"],
        "verdict": change["verdict"],
        "sentence": sentence + ".",
    }


def _unchanged(blocks: Sequence[Json]) -> str:
    """How many answers are as they were, in a sentence; empty without an earlier run."""
    compared = [block["comparison"] for block in blocks if block["comparison"] is not None]
    if not compared:
        return ""
    n, moved = sum(c["n"] for c in compared), sum(c["answers_changed"] for c in compared)
    if not moved:
        return f"No: all {n:,} answers are as in the earlier report."
    return f"{moved:,} of {n:,} answers differ from the earlier report."


def _unknown(blocks: Sequence[Json]) -> list[str]:
    """What can't be told, in sentences."""
    found = []
    few = [f"{block['title']} ({block['groups']})" for block in blocks if block["groups"] < FEW]
    if few:
        found.append(f"How well it will do on the next article: fewer than {FEW} to go by in {', '.join(few)}.")
    rivals: dict[str, list[str]] = {}
    for block in blocks:
        if _good(block)["beats"] == "cannot tell":
            rivals.setdefault(_plainly(_strongest(block)), []).append(block["title"])
    found += [f"Whether it beats {rival} on: {', '.join(titles)}." for rival, titles in rivals.items()]
    thin = {
        f"{label} in {block['title']} ({row['support']})"
        for block in blocks
        for label, row in block["per_class"].items()
        if row["support"] < THIN
    }
    if thin:
        found.append(f"How well it finds {', '.join(sorted(thin))}: too few examples.")
    return found


def _worst(errors: Mapping[str, Sequence[Json]]) -> list[Json]:
    """The wrong answers that were surest: those on the articles where there are any."""
    rows = [{"set": name, **row} for name, found in errors.items() if name != "pairs" for row in found]
    first = [row for row in rows if row["set"] == "seeds"] or rows
    keys = ("set", "rank", "id", "speaker", "gold", "predicted", "probabilities", "kind", "text")
    return [{key: row[key] for key in keys} for row in first[:WORST]]


def headline(blocks: Sequence[Json], errors: Mapping[str, Sequence[Json]], gates: Sequence[Json]) -> Json:
    """The first screen, from the blocks of the sets and their wrong answers (surest first).

    The minimal pairs are left out of it: they were written to be hard.
    """
    shown = [block for block in blocks if block["name"] != "pairs"]
    good = [_good(block) for block in shown]
    return {
        "answer": _answer(good),
        "good": good,
        "unchanged": _unchanged(shown),
        "changes": [row for row in map(_changed, shown) if row is not None],
        "unknown": _unknown(shown),
        "worst": _worst(errors),
        "gates_failed": [f"{gate['set']}.{gate['figure']}" for gate in gates if not gate["passed"]],
    }
