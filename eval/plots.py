"""The report's pictures, as SVG: readable in grey and by the colour-blind, each with a text alternative.

Colours are Okabe and Ito's (2008), and nothing is told by colour alone: marks, lines and labels differ too.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.judged import Judged

Json = dict[str, Any]
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#b85c00", "#00795a", "#595959"
#: More groups than this make a strip nobody reads.
MOST_GROUPS: Final = 40
_STYLE: Final[Any] = {
    "svg.hashsalt": "report",
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same picture everywhere
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "axes.axisbelow": True,
    "legend.frameon": False,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG image, its caption, and what it shows in words for those who don't see it."""

    svg: str
    caption: str
    alternative: str


def _axes(width: float = 4.6, height: float = 3.6) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    return text[text.index("<svg") :]


def _short(label: str) -> str:
    return label.removeprefix("pro-")


def confusion(block: Json) -> Picture:
    """The confusion matrix, counts over a row-wise shade."""
    matrix, labels = np.array(block["confusion"], dtype=float), block["labels"]
    figure, axes = _axes(4.4, 3.6)
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    axes.imshow(shares, cmap="Greys", vmin=0, vmax=1.4)
    for i, row in enumerate(matrix):
        for j, count in enumerate(row):
            weight = "bold" if i == j else "normal"
            colour = "white" if shares[i, j] > 0.75 else "black"
            axes.text(
                j, i, f"{count:.0f}\n{shares[i, j]:.0%}", ha="center", va="center", color=colour, fontweight=weight
            )
    axes.set_xticks(range(len(labels)), [_short(label) for label in labels])
    axes.set_yticks(range(len(labels)), [_short(label) for label in labels])
    axes.set(xlabel="answered", ylabel="labelled")
    axes.grid(visible=False)
    rows = "; ".join(
        f"labelled {label}: "
        + ", ".join(f"{int(c)} answered {other}" for c, other in zip(row, labels, strict=True))
        for label, row in zip(labels, matrix, strict=True)
    )
    return Picture(_svg(figure), "Confusion matrix: each row adds up to 100%.", f"Confusion matrix. {rows}.")


def reliability(block: Json) -> Picture:
    """How often answers given with some confidence are right, with Wilson's intervals."""
    bins = block["calibration"]["bins"]
    figure, axes = _axes()
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", linewidth=1, label="as it should be")
    x, y = [b["confidence"] for b in bins], [b["accuracy"] for b in bins]
    spread = [[b["accuracy"] - b["low"] for b in bins], [b["high"] - b["accuracy"] for b in bins]]
    axes.errorbar(x, y, yerr=np.maximum(spread, 0), color=BLUE, marker="o", capsize=3, label="answers")
    for b in bins:
        axes.annotate(
            str(b["n"]), (b["confidence"], b["low"]), (0, -11), textcoords="offset points", ha="center", fontsize=8
        )
    axes.set(xlabel="confidence of the answer", ylabel="share right", xlim=(0.3, 1.02), ylim=(0, 1.02))
    axes.legend(loc="upper left")
    said = "; ".join(f"confidence {b['confidence']:.2f}: {b['accuracy']:.0%} right of {b['n']}" for b in bins)
    return Picture(
        _svg(figure),
        "Reliability: answers by confidence, with 95% intervals and the number of answers.",
        f"Reliability diagram. {said}.",
    )


def coverage(block: Json, judged: Judged) -> Picture:
    """Accuracy among the surest answers, by the share that is answered."""
    right = judged.model.numbers == judged.gold
    order = np.argsort(-judged.model.probabilities.max(axis=1), kind="stable")
    answered = np.arange(1, len(order) + 1)
    figure, axes = _axes()
    axes.plot(answered / len(order), np.cumsum(right[order]) / answered, color=BLUE, label="surest answers first")
    rows = [
        row for row in block["coverage"] if row["accuracy"]["low"] is not None and row["coverage"]["value"] > 0
    ]
    x, y = [r["coverage"]["value"] for r in rows], [r["accuracy"]["value"] for r in rows]
    spread = [
        [r["accuracy"]["value"] - r["accuracy"]["low"] for r in rows],
        [r["accuracy"]["high"] - r["accuracy"]["value"] for r in rows],
    ]
    axes.errorbar(
        x, y, yerr=np.maximum(spread, 0), fmt="s", color=ORANGE, capsize=3, label="at a threshold, 95% interval"
    )
    axes.set(xlabel="share of quotations answered", ylabel="share right of those", xlim=(0, 1.02), ylim=(0, 1.02))
    axes.legend(loc="lower left")
    said = "; ".join(
        f"from confidence {r['threshold']:.1f}: {r['coverage']['value']:.0%} answered, "
        f"{r['accuracy']['value']:.0%} right"
        for r in rows
    )
    return Picture(_svg(figure), "Coverage against accuracy.", f"Coverage against accuracy. {said}.")


def histogram(judged: Judged) -> Picture:
    """The confidence of right and of wrong answers."""
    top = judged.model.probabilities.max(axis=1)
    right = judged.model.numbers == judged.gold
    figure, axes = _axes()
    edges = np.linspace(0.3, 1, 15)
    axes.hist(
        [top[right], top[~right]],
        bins=list(edges),
        stacked=True,
        color=[BLUE, "#f0c48a"],
        edgecolor="black",
        linewidth=0.6,
        label=["right", "wrong"],
    )
    for patch in np.ravel([list(container) for container in axes.containers[1:]]):
        patch.set_hatch("////")
    axes.set(xlabel="confidence of the answer", ylabel="quotations")
    axes.legend(loc="upper left")
    parts = []
    for low, high in ((0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        inside = (top >= low) & (top < high)
        hits = int((inside & right).sum())
        parts.append(f"{hits} right and {int(inside.sum()) - hits} wrong from {low:.1f} to {high:.1f}")
    return Picture(_svg(figure), "How sure the answers are.", f"Histogram of confidence. {'; '.join(parts)}.")


def strip(block: Json) -> Picture | None:
    """Each group's accuracy with its interval, lowest first; none where there are too many to read."""
    rows = sorted(block["by_group"], key=lambda row: row["accuracy"])
    if not 1 < len(rows) <= MOST_GROUPS:
        return None
    figure, axes = _axes(5.4, 1.2 + 0.26 * len(rows))
    places = np.arange(len(rows))
    values = np.array([row["accuracy"] for row in rows])
    spread = np.array([[r["accuracy"] - r["low"] for r in rows], [r["high"] - r["accuracy"] for r in rows]])
    axes.errorbar(values, places, xerr=np.maximum(spread, 0), fmt="o", color=BLUE, capsize=3)
    axes.set_yticks(places, [f"{row['group'].removesuffix('.txt')} ({row['n']})" for row in rows])
    overall = block["figures"]["accuracy"]["value"]
    axes.axvline(overall, color=GREY, linestyle="--", linewidth=1)
    axes.set(xlabel="share right (dashed: all together)", xlim=(-0.02, 1.02))
    said = "; ".join(f"{row['group']}: {row['right']} of {row['n']}" for row in rows)
    return Picture(
        _svg(figure),
        f"Each {block['group_kind']} by itself, with 95% intervals; in brackets the number of quotations.",
        f"Accuracy by {block['group_kind']}. {said}.",
    )


def learning(rows: Sequence[Json], titles: Mapping[str, str]) -> Picture | None:
    """Accuracy by the number of written quotations."""
    if not rows:
        return None
    figure, axes = _axes(6.4, 4.0)
    styles = zip((BLUE, ORANGE, GREEN, GREY, "black"), ("o-", "s--", "^:", "D-.", "v-"), strict=True)
    names = list(dict.fromkeys(row["set"] for row in rows))
    said = []
    for name, (colour, style) in zip(names, list(styles) * (1 + len(names) // 5), strict=False):
        mine = [row for row in rows if row["set"] == name]
        x, y = [row["n"] for row in mine], [row["accuracy"]["value"] for row in mine]
        axes.plot(x, y, style, color=colour, label=titles.get(name, name))
        axes.fill_between(
            x,
            [r["accuracy"]["low"] for r in mine],
            [r["accuracy"]["high"] for r in mine],
            color=colour,
            alpha=0.15,
        )
        said.append(
            f"{titles.get(name, name)}: " + ", ".join(f"{b:.0%} with {a}" for a, b in zip(x, y, strict=True))
        )
    axes.set_xscale("log", base=2)
    ticks = sorted({row["n"] for row in rows})
    axes.set_xticks(ticks, [f"{t:,}" for t in ticks], rotation=30)
    axes.set(xlabel="written quotations to learn from", ylabel="share right")
    axes.legend(fontsize=8)
    return Picture(
        _svg(figure),
        "Learning curve of TF-IDF and logistic regression, for the lexical channel: mean and range of orders.",
        f"Learning curve. {'; '.join(said)}.",
    )


def pictures(block: Json, judged: Judged) -> list[Picture]:
    """The pictures of one set."""
    with mpl.rc_context():
        mpl.rcParams.update(_STYLE)
        found = [confusion(block), reliability(block), coverage(block, judged), histogram(judged), strip(block)]
    return [picture for picture in found if picture is not None]


def learning_picture(rows: Sequence[Json], titles: Mapping[str, str]) -> Picture | None:
    """The learning curve in the report's style."""
    with mpl.rc_context():
        mpl.rcParams.update(_STYLE)
        return learning(rows, titles)
