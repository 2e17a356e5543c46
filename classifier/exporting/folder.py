"""Folders that sentence-transformers reads: written by that library, checked against the model, put in place."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
import transformers
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.base.modules import Dense, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from torch import nn
from transformers import BertTokenizerFast  # type: ignore[attr-defined]  # an alias made at run time

from classifier.errors import ModelError, OutputError
from classifier.exporting.card import card
from classifier.exporting.graph import EncoderGraph
from classifier.stance.encoder import ENCODER, MAX_TOKENS, TOKENIZER, Pair
from classifier.stance.model import StanceModel
from classifier.stance.text import surroundings

#: Mean cosine between the model's embeddings and the folder's, below which the folder isn't kept.
LEAST_AGREEMENT: Final = 0.98
#: By this file sentence-transformers knows its folders, and we what ``replace`` may take away.
_MODULES: Final = "modules.json"
#: What both encoders are compared on: short, long, with context, with what the vocabulary hasn't.
TEXTS: Final[tuple[Pair, ...]] = (
    ("We will not hold anyone for ICE without a warrant.", None),
    ("End sanctuary cities now and deport every criminal alien.", None),
    ("The council meets on Tuesday at seven.", None),
    ("No.", None),
    ("a disgrace", "The sheriff called the sanctuary ordinance “a disgrace” and vowed to honor every detainer."),
    ("welcome here", "Families who fled are “welcome here,” the bishop said on the steps of the cathedral."),
    ("It costs $4,000,000 a year – ¿y para qué? – and nobody, not one person, has shown me a receipt.", None),
    ("The officers have to choose between the law and their jobs. " * 20, "He said so, at length."),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """A folder in its place, and how well its embeddings agree with the model's (mean cosine)."""

    folder: Path
    agreement: float


def check_target(out: Path, *, replace: bool) -> None:
    """Refuse a place that is taken.

    Raises:
        OutputError: ``out`` exists, and isn't empty; with ``replace``, isn't a sentence-transformers folder.
    """
    if not out.exists() and not out.is_symlink():
        return
    if out.is_symlink() or not out.is_dir():
        raise OutputError(f"{out}: is no folder; name another place for the export")
    if not any(out.iterdir()) or (replace and (out / _MODULES).is_file()):
        return
    if replace:
        raise OutputError(f"{out}: is no sentence-transformers folder, so it isn't replaced; name another place")
    raise OutputError(f"{out}: exists already; to replace it, add --force")


def export(model: StanceModel, out: Path, *, classifier: bool = False, replace: bool = False) -> Exported:
    """Write ``model``'s encoder, or with ``classifier`` also its head, as a sentence-transformers folder.

    The folder is put together beside ``out``, opened again and compared with the model, then moved in one step.

    Raises:
        ModelError: not a BERT encoder, or the embeddings agree too little.
        OutputError: ``out`` is taken (see :func:`check_target`).
    """
    check_target(out, replace=replace)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as work, _quiet(), _one_thread():
        parts = [_transformer(model, Path(work) / "bert")]
        parts.append(Pooling(parts[0].get_embedding_dimension(), pooling_mode="mean"))
        written = Path(work) / "written"
        if classifier:
            parts.append(_head(model, parts[0]))
            CrossEncoder(modules=parts, device="cpu").save_pretrained(str(written), create_model_card=False)
        else:
            SentenceTransformer(modules=parts, device="cpu").save_pretrained(str(written), create_model_card=False)
        agreement = _agreement(model, written, classifier=classifier)
        if not agreement >= LEAST_AGREEMENT:
            raise ModelError(
                f"{model.folder.path(ENCODER)}: the rebuilt encoder's embeddings agree with the model's at a mean "
                f"cosine of {agreement:.3f}, expected {LEAST_AGREEMENT} or more; nothing was written"
            )
        (written / "README.md").write_text(card(model, agreement, classifier=classifier), "utf-8")
        for path in written.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)  # the library's weights are for their writer alone
        written.chmod(0o755)
        _put(written, out, Path(work) / "replaced")
    return Exported(out, agreement)


def _transformer(model: StanceModel, work: Path) -> Any:
    work.mkdir()
    shutil.copy(model.folder.path(TOKENIZER), work / TOKENIZER)
    normalizer = json.loads((work / TOKENIZER).read_text("utf-8"))["normalizer"] or {}
    tokenizer = BertTokenizerFast.from_pretrained(
        str(work),
        do_lower_case=normalizer.get("lowercase", True),
        model_max_length=MAX_TOKENS,
        local_files_only=True,
    )
    bert = EncoderGraph(model.folder.path(ENCODER)).bert()
    bert.config.pad_token_id = tokenizer.pad_token_id
    bert.save_pretrained(str(work))
    tokenizer.save_pretrained(str(work))
    return Transformer(str(work), max_seq_length=MAX_TOKENS)


def _head(model: StanceModel, transformer: Any) -> Dense:
    """Return the head as it judges by the embedding alone: every lexical score at its mean, which adds nothing."""
    head, width = model.head, transformer.get_embedding_dimension()
    weights = head.weights[:width] / head.scale[:width, None] / head.temperature
    bias = head.bias / head.temperature - head.mean[:width] @ weights
    transformer.model.config.id2label = dict(enumerate(model.classes))
    transformer.model.config.label2id = {label: number for number, label in enumerate(model.classes)}
    return Dense(
        width,
        len(model.classes),
        activation_function=nn.Identity(),
        init_weight=torch.tensor(weights.T, dtype=torch.float32),
        init_bias=torch.tensor(bias, dtype=torch.float32),
        module_output_name="scores",
    )


def _agreement(model: StanceModel, written: Path, *, classifier: bool) -> float:
    """Open what was written as its users do, and return the mean cosine to the model's embeddings."""
    pairs = [(text, surroundings(text, context)) for text, context in TEXTS]
    opened: Any = CrossEncoder if classifier else SentenceTransformer
    parts = list(opened(str(written), device="cpu", local_files_only=True))[:2]
    found = SentenceTransformer(modules=parts, device="cpu").encode(as_inputs(pairs), show_progress_bar=False)
    expected = model.encoder.encode(pairs)
    if found.shape != expected.shape:
        return 0.0
    lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(expected, axis=1)
    return float(((found * expected).sum(axis=1) / lengths).mean())


def as_inputs(pairs: Sequence[Pair]) -> list[str | tuple[str, str]]:
    """Return quotations with their surroundings as sentence-transformers takes them."""
    return [(text, context) if context else text for text, context in pairs]


def _put(written: Path, out: Path, replaced: Path) -> None:
    """Move the folder into its place; what stood there is gone only once the new one stands."""
    if out.exists():
        out.rename(replaced)
    try:
        written.rename(out)
    except OSError:
        if replaced.exists():
            replaced.rename(out)
        raise


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers' progress bars and notes away from people who asked for a folder."""
    logging: Any = transformers.utils.logging
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Eight short texts are too little work to split: on a busy machine threads only wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
