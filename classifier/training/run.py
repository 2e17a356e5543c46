"""The whole training: labels in, a model folder out."""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from classifier.artifact import ModelFolder, sha256
from classifier.errors import LabelsError
from classifier.labels import Labelled, read_labels, read_off_topic
from classifier.schema import OFF_TOPIC, STANCES
from classifier.stance.encoder import OnnxEncoder
from classifier.stance.explain import pack_signs
from classifier.stance.head import Array, Head, lexical_columns
from classifier.stance.lexical import LexicalTable
from classifier.stance.model import (
    ENCODER,
    EXAMPLES,
    HEAD,
    LEXICAL,
    SIGNS,
    TOKENIZER,
    Abstention,
    channel_features,
)
from classifier.stance.text import surroundings
from classifier.training.articles import DEVELOPMENT, TRAINING, article_items, read_gold_articles
from classifier.training.encoder import FineTuning, Progress, export, fine_tune, starting_encoder
from classifier.training.fingerprint import training_code
from classifier.training.folder import staging, write_model
from classifier.training.head import fit_head
from classifier.training.lexical import fit_lexical
from classifier.training.memory import keep_freed_memory

#: Share of the items, in percent, that neither channel sees: the head is fitted on them.
HELD_PERCENT: Final = 12
#: Quotations a class needs to be learned at all.
LEAST: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Everything a training can vary."""

    seed: int = 0
    encoder: str | None = None
    fine_tuning: FineTuning = field(default_factory=FineTuning)
    lexical_penalty: float = 3.0
    threads: int = 0


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """What a model is trained from. ``channels`` teaches encoder and lexical table, ``held`` the head."""

    classes: tuple[str, ...]
    channels: Sequence[Labelled]
    held: Sequence[Labelled]
    sources: Mapping[str, str]


def is_held(item: Labelled) -> bool:
    """Tell whether an item belongs to the held part: fixed by its group or id, whatever the rest."""
    name = item.group or item.id
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % 100 < HELD_PERCENT


def project_labels(root: Path) -> TrainingSet:
    """Read the project's own labels.

    Both channels learn from written quotes, off-topic quotes and the training part of the written
    articles; the head from the held part of these, the articles' development part, and the seeds.
    """
    labels = root / "labels"
    names = ("authored.jsonl", "off_topic.jsonl", "articles.jsonl", "seeds.jsonl")
    authored, off_topic, articles, seeds = (labels / name for name in names)
    items = read_labels(authored) + read_off_topic(off_topic)
    channels = [item for item in items if not is_held(item)]
    channels += article_items(read_gold_articles(articles, part=TRAINING))
    held = [item for item in items if is_held(item)]
    held += article_items(read_gold_articles(articles, part=DEVELOPMENT))
    seen = {item.text for item in channels}
    held = [item for item in held if item.text not in seen]
    held += read_labels(seeds, seeds=root / "seeds")
    return TrainingSet((*STANCES, OFF_TOPIC), channels, held, {name: sha256(labels / name) for name in names})


def own_labels(files: Sequence[Path]) -> TrainingSet:
    """Read a user's label files, with whatever label names they use.

    Raises:
        LabelsError: a bad row, fewer than two labels, or a label with too few quotations.
    """
    items: list[Labelled] = []
    for path in files:
        items += read_labels(path, stances=None)
    counts: dict[str, int] = {}
    for item in items:
        counts[item.stance] = counts.get(item.stance, 0) + 1
    few = {label: n for label, n in counts.items() if n < LEAST}
    if len(counts) < 2 or few:
        raise LabelsError(f"{files[0]}: found {counts}; expected at least two labels with {LEAST} quotations each")
    ordered = [s for s in STANCES if s in counts] + sorted(label for label in counts if label not in STANCES)
    return split(items, ordered, sources={path.name: sha256(path) for path in files})


def split(items: Sequence[Labelled], classes: Sequence[str], *, sources: Mapping[str, str]) -> TrainingSet:
    """Keep the held part of labelled items for the head; where that lacks a class, both parts are all of them."""
    held = [item for item in items if is_held(item)]
    if {item.stance for item in held} != set(classes):  # too few for a held part: the head sees what they saw
        return TrainingSet(tuple(classes), items, items, sources)
    return TrainingSet(tuple(classes), [item for item in items if not is_held(item)], held, sources)


def features_of(items: Sequence[Labelled], encoder: OnnxEncoder, lexical: LexicalTable) -> Array:
    """Return what the head sees of each item, ``(len(items), features)``."""
    return channel_features([(item.text, item.context) for item in items], encoder, lexical)


def targets_of(items: Sequence[Labelled], classes: Sequence[str]) -> NDArray[np.intp]:
    """Return class numbers, ``(len(items),)``."""
    numbers = {label: number for number, label in enumerate(classes)}
    return np.array([numbers[item.stance] for item in items], dtype=np.intp)


def lexical_of(data: TrainingSet, settings: Settings) -> LexicalTable:
    """Fit the lexical channel on quotations and, as further texts of the same stance, their surroundings."""
    around = [(surroundings(item.text, item.context), item) for item in data.channels]
    with_context = [(words, item) for words, item in around if words]
    texts = [item.text for item in data.channels] + [words for words, _ in with_context]
    targets = targets_of([*data.channels, *(item for _, item in with_context)], data.classes)
    return fit_lexical(texts, targets, classes=len(data.classes), inverse_penalty=settings.lexical_penalty)


def _versions() -> dict[str, str]:
    names = (
        "numpy",
        "onnxruntime",
        "scikit-learn",
        "sentence-transformers",
        "tokenizers",
        "torch",
        "transformers",
    )
    return {name: importlib.metadata.version(name) for name in names}


def _write_numbers(folder: Path, lexical: LexicalTable, head: Head) -> None:
    np.savez(
        folder / LEXICAL,
        hashes=lexical.hashes,
        idf=lexical.idf.astype(np.float16),
        weights=np.ascontiguousarray(lexical.weights).astype(np.float16),
        bias=lexical.bias,
    )
    np.savez(
        folder / HEAD,
        mean=head.mean,
        scale=head.scale,
        weights=head.weights,
        bias=head.bias,
        temperature=np.array(head.temperature),
    )


def _write_examples(folder: Path, items: Sequence[Labelled], embeddings: NDArray[np.float32]) -> None:
    """Keep the quotations that the head is fitted on, which neither channel saw, to explain answers by."""
    with gzip.GzipFile(folder / EXAMPLES, "wb", mtime=0) as file:  # the same labels, the same bytes
        for item in items:
            row = {"id": item.id, "text": item.text, "stance": item.stance}
            file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    centre = embeddings.mean(axis=0)
    np.savez(folder / SIGNS, signs=pack_signs(embeddings, centre), centre=centre)


def train(data: TrainingSet, out: Path, *, settings: Settings, progress: Progress = lambda _: None) -> ModelFolder:
    """Train a model and write its folder; an existing model there is replaced only when all is done."""
    keep_freed_memory()
    folder = staging(out)
    try:
        progress(f"lexical channel: {len(data.channels)} quotations")
        lexical = lexical_of(data, settings)
        encoder = fine_tune(
            data.channels,
            data.classes,
            start=starting_encoder(settings.encoder),
            settings=settings.fine_tuning,
            seed=settings.seed,
            progress=progress,
        )
        progress("encoder: exporting")
        export(encoder, folder)
        _write_numbers(folder, lexical, Head(*(np.zeros(0),) * 4, temperature=1.0))
        progress(f"head: {len(data.held)} quotations that neither channel saw")
        features = features_of(data.held, OnnxEncoder(folder / ENCODER, folder / TOKENIZER), lexical)
        targets = targets_of(data.held, data.classes)
        groups = [item.group or item.id for item in data.held]
        head = fit_head(features, targets, groups, classes=len(data.classes))
        _write_numbers(folder, lexical, head)
        width = features.shape[1] - lexical_columns(len(data.classes))
        _write_examples(folder, data.held, features[:, :width].astype(np.float32))
        about = {
            "classes": list(data.classes),
            "abstention": asdict(Abstention()),
            "labels": dict(data.sources),
            "code": training_code(),
            "settings": json.loads(json.dumps(asdict(settings))),
            "packages": _versions(),
            "counts": {"channels": len(data.channels), "head": len(data.held)},
        }
        return write_model(out, folder, _plain(about))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _plain(value: Any) -> Any:
    """Return ``value`` as JSON gives it back, so that the manifest's hash is stable."""
    return json.loads(json.dumps(value))
