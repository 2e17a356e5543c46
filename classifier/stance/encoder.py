"""The sentence encoder at prediction time: tokenizers and ONNX Runtime, no torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

#: Most tokens of a quotation and its context together that the encoder reads.
MAX_TOKENS: Final = 128
#: Tokens a batch may hold, padding included: bounds memory whatever the texts.
BATCH_TOKENS: Final = 4096

Pair = tuple[str, str | None]


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # an arena keeps the largest batch's memory for good
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class OnnxEncoder:
    """Maps quotations, with their contexts where there are any, to embeddings.

    Args:
        model: the ONNX file; inputs ``input_ids``, ``attention_mask``, ``token_type_ids``
            ``(batch, tokens)``, output ``sentence_embedding`` ``(batch, dim)``, pooled inside the graph.
        tokenizer: the ``tokenizer.json`` of the tokenizers library.
        threads: processor threads a run may use; 0 lets ONNX Runtime choose.
    """

    def __init__(self, model: Path, tokenizer: Path, *, threads: int = 0) -> None:
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        self._tokenizer.no_padding()
        self._run = _session(model, threads)

    def encode(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """Return the embeddings, ``(len(pairs), dim)``, in the order of ``pairs``.

        Texts are tokenized in bulk and batched by length, so that little is spent on padding.
        """
        inputs = [(text, context) if context else text for text, context in pairs]
        encodings = self._tokenizer.encode_batch_fast(inputs) if inputs else []
        lengths = np.array([len(encoding.ids) for encoding in encodings], dtype=np.intp)
        order = np.argsort(lengths, kind="stable")
        out: NDArray[np.float32] | None = None
        start = 0
        while start < len(order):
            stop = start + 1
            while stop < len(order) and lengths[order[stop]] * (stop + 1 - start) <= BATCH_TOKENS:
                stop += 1
            batch = order[start:stop]
            embedded = self._embed([encodings[i] for i in batch], int(lengths[batch[-1]]))
            if out is None:
                out = np.empty((len(pairs), embedded.shape[1]), np.float32)
            out[batch] = embedded
            start = stop
        return out if out is not None else np.empty((0, 0), np.float32)

    def _embed(self, encodings: Sequence[Any], width: int) -> NDArray[np.float32]:
        ids = np.zeros((len(encodings), width), np.int64)
        mask = np.zeros_like(ids)
        types = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            size = len(encoding.ids)
            ids[row, :size] = encoding.ids
            mask[row, :size] = 1
            types[row, :size] = encoding.type_ids
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        result: NDArray[np.float32] = self._run.run(["sentence_embedding"], feed)[0]
        return result
