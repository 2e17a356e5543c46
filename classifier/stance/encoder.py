"""The sentence encoder at prediction time: tokenizers and ONNX Runtime, no torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from classifier.artifact import ModelFolder, opening
from classifier.background import Background
from classifier.cores import available_cores

#: Its files in a model folder.
ENCODER, TOKENIZER = "encoder.onnx", "tokenizer.json"

#: Most tokens of a quotation and its context together that the encoder reads.
MAX_TOKENS: Final = 128

#: Of ONNX Runtime's fusions: its fused layer normalization takes a fifth longer than the parts it replaces.
SLOWER: Final = ["SkipLayerNormFusion"]

Pair = tuple[str, str | None]


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One text is too little work to split, and starting the threads is half of the time that opening takes:
    # many texts run side by side instead, each on one thread.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )


class OnnxEncoder:
    """Maps quotations, with their contexts where there are any, to embeddings.

    Args:
        model: the ONNX file; inputs ``input_ids``, ``attention_mask``, ``token_type_ids``
            ``(batch, tokens)``, output ``sentence_embedding`` ``(batch, dim)``, pooled inside the graph.
        tokenizer: the ``tokenizer.json`` of the tokenizers library.
        threads: texts that run side by side; 0 takes as many as there are processor cores.
    """

    def __init__(self, model: Path, tokenizer: Path, *, threads: int = 0) -> None:
        self._threads = threads or available_cores()
        session = Background(lambda: _session(model))  # while the tokenizer opens its own file
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        self._tokenizer.no_padding()
        self._run = session.result()

    def encode(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """Return the embeddings, ``(len(pairs), dim)``, in the order of ``pairs``.

        Each is run alone: the int8 graph scales its activations over a whole batch, so that in a batch a
        quotation's numbers would depend on its neighbours.
        """
        if not pairs:
            return np.empty((0, 0), np.float32)
        inputs = [
            (_encodable(text), _encodable(context)) if context else _encodable(text) for text, context in pairs
        ]
        encodings = self._tokenizer.encode_batch_fast(inputs)
        if self._threads == 1 or len(pairs) == 1:
            return np.concatenate([self._embed(encoding) for encoding in encodings])
        return self._side_by_side(encodings)

    def _side_by_side(self, encodings: Sequence[Any]) -> NDArray[np.float32]:
        """Run the longest first, so that no thread is left with a long one at the end."""
        rows: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(encodings)
        waiting = iter(sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids)))

        def work() -> None:
            for place in waiting:  # shared: whichever thread is free takes the next
                rows[place] = self._embed(encodings[place])

        for thread in [Background(work) for _ in range(min(self._threads, len(encodings)))]:
            thread.result()
        return np.concatenate(rows)

    def _embed(self, encoding: Any) -> NDArray[np.float32]:
        ids = np.array([encoding.ids], np.int64)
        types = np.array([encoding.type_ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        result: NDArray[np.float32] = self._run.run(["sentence_embedding"], feed)[0]
        return result


def open_encoder(folder: ModelFolder, *, threads: int = 0) -> OnnxEncoder:
    """Open a model folder's encoder.

    Raises:
        ModelError: the folder's files are no encoder.
    """
    with opening(folder.files):  # ONNX Runtime and the tokenizer name what they didn't like
        return OnnxEncoder(folder.path(ENCODER), folder.path(TOKENIZER), threads=threads)


def _encodable(text: str) -> str:
    """Return ``text`` with ``?`` for half a surrogate pair, which JSON allows and the tokenizer refuses."""
    return text.encode("utf-8", "replace").decode()
