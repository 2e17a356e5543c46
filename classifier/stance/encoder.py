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

        Each is run alone: the int8 graph scales its activations over a whole batch, so that in a batch a
        quotation's numbers would depend on its neighbours.
        """
        inputs = [(text, context) if context else text for text, context in pairs]
        encodings = self._tokenizer.encode_batch_fast(inputs) if inputs else []
        rows = [self._embed(encoding) for encoding in encodings]
        return np.concatenate(rows) if rows else np.empty((0, 0), np.float32)

    def _embed(self, encoding: Any) -> NDArray[np.float32]:
        ids = np.array([encoding.ids], np.int64)
        types = np.array([encoding.type_ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        result: NDArray[np.float32] = self._run.run(["sentence_embedding"], feed)[0]
        return result
