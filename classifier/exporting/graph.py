"""The float weights inside an int8 ONNX encoder, read back into transformers' own BERT.

Training exports a BERT with pooling to ONNX and quantizes it; torch's weights aren't kept. The graph holds
them as int8 with their scales: rounded, but otherwise whole. Embeddings, biases and normalisations
keep their names in the graph. The weights of the linear layers are transposed there under names that
change from export to export, so each is found by its bias: it is what the sum was multiplied with. How
attention itself is written (fused, or in single steps) doesn't matter to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import BertConfig, BertModel

from classifier.errors import ModelError

Floats = NDArray[np.float32]

#: What ONNX Runtime's quantization appends to a weight's name.
QUANTIZED, SCALE, ZERO = "_quantized", "_scale", "_zero_point"
#: The parameter by which a BERT is known, and that tells what stands before the names.
_KNOWN_BY: Final = "embeddings.LayerNorm.weight"
_ACTIVATIONS: Final = {b"none": "gelu", b"tanh": "gelu_pytorch_tanh"}
_PRODUCTS: Final = ("MatMulInteger", "MatMul")


class EncoderGraph:
    """An ONNX file that training wrote.

    Raises:
        ModelError: no BERT encoder in a form that training exports.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        graph = onnx.load(str(path)).graph
        self._nodes = list(graph.node)
        self._constants = {tensor.name: tensor for tensor in graph.initializer}
        self._makers = {output: node for node in graph.node for output in node.output}
        prefixes = [name.removesuffix(_KNOWN_BY) for name in self._constants if name.endswith(_KNOWN_BY)]
        if len(prefixes) != 1:
            raise self._refusal(f"no {_KNOWN_BY}")
        self._prefix = prefixes[0]

    def _refusal(self, found: str) -> ModelError:
        return ModelError(
            f"{self._path}: {found}; expected a BERT encoder that python -m classifier.train exported "
            "(a model trained from another kind of encoder with --encoder can't be exported)"
        )

    def bert(self) -> BertModel:
        """Return the encoder as a float32 ``BertModel``, its unused pooler at zero."""
        found = self.parameters()
        try:
            model: BertModel = BertModel(self._configuration(found))
        except (KeyError, ValueError) as error:
            raise self._refusal(f"sizes that fit no BERT ({error})") from None
        state = model.state_dict()
        for name, tensor in state.items():
            if name.startswith("pooler."):
                state[name] = torch.zeros_like(tensor)
            elif name not in found or found[name].shape != tuple(tensor.shape):
                shape = found[name].shape if name in found else "nothing"
                raise self._refusal(f"{name}: found {shape}, where a BERT has {tuple(tensor.shape)}")
            else:
                state[name] = torch.tensor(found[name], dtype=tensor.dtype)
        extra = sorted(n for n in found if n not in state and n != "embeddings.position_ids")
        if extra:
            raise self._refusal(f"{extra[0]}, which no BERT has")
        model.load_state_dict(state)
        model.train(False)
        return model

    def parameters(self) -> dict[str, Floats]:
        """Return every parameter by its name in transformers, with torch's shapes, dequantized."""
        named = {name.removesuffix(QUANTIZED) for name in self._constants if name.startswith(self._prefix)}
        named -= {name for name in named if name.endswith((SCALE, ZERO))}
        found = {name.removeprefix(self._prefix): self._floats(name) for name in sorted(named)}
        for name in [n for n in found if n.endswith(".bias") and "LayerNorm" not in n]:
            factor = self._product(self._sum_with(self._prefix + name)).input[1].removesuffix(QUANTIZED)
            found[name.removesuffix("bias") + "weight"] = np.ascontiguousarray(self._floats(factor).T)
        return found

    def _floats(self, name: str) -> Floats:
        if name in self._constants:
            return np.asarray(numpy_helper.to_array(self._constants[name]), np.float32)
        try:
            values, scale, zero = (
                numpy_helper.to_array(self._constants[name + end]).astype(np.float32)
                for end in (QUANTIZED, SCALE, ZERO)
            )
        except KeyError:
            raise self._refusal(f"no weight {name}") from None
        whole: Floats = (values - zero) * scale
        return whole

    def _sum_with(self, bias: str) -> str:
        """Return the value to which ``bias`` is added."""
        for node in self._nodes:
            if node.op_type == "Add" and bias in node.input:
                return str(node.input[1 - list(node.input).index(bias)])
        raise self._refusal(f"{bias} is added to nothing")

    def _product(self, value: str) -> Any:
        """Return the multiplication by a weight that ``value`` comes from, back through casts and scales."""
        for _ in range(4):
            node = self._makers.get(value)
            if node is not None and node.op_type in _PRODUCTS:
                return node
            before = [] if node is None else [i for i in node.input if self._op(i) in ("Cast", *_PRODUCTS)]
            value = before[0] if before else ""
        raise self._refusal("a bias without its weight")

    def _op(self, value: str) -> str:
        node = self._makers.get(value)
        return "" if node is None else str(node.op_type)

    def _configuration(self, found: dict[str, Floats]) -> BertConfig:
        words, width = found["embeddings.word_embeddings.weight"].shape
        return BertConfig(
            vocab_size=words,
            hidden_size=width,
            num_hidden_layers=len({name.split(".")[2] for name in found if name.startswith("encoder.layer.")}),
            num_attention_heads=width // self._head_width(width),
            intermediate_size=len(found["encoder.layer.0.intermediate.dense.bias"]),
            hidden_act=self._activation(),
            max_position_embeddings=len(found["embeddings.position_embeddings.weight"]),
            type_vocab_size=len(found["embeddings.token_type_embeddings.weight"]),
            layer_norm_eps=self._epsilon(),
        )

    def _head_width(self, width: int) -> int:
        """Read from the first layer how the queries are split into heads: ``(batch, tokens, heads, width)``."""
        query = self._prefix + "encoder.layer.0.attention.self.query.bias"
        queries = {output for node in self._nodes if query in node.input for output in node.output}
        for node in self._nodes:
            if node.op_type == "Reshape" and node.input[0] in queries:
                heads, each = list(self._sizes(node.input[1]))[-2:]
                if each > 0 or heads > 0:
                    return each if each > 0 else width // heads
        raise self._refusal("queries that aren't split into heads")

    def _sizes(self, value: str) -> Iterator[int]:
        """Return the sizes that a shape holds, -1 for what is only known when the graph runs."""
        if value in self._constants:
            yield from map(int, numpy_helper.to_array(self._constants[value]).ravel())
        elif self._op(value) == "Concat":
            for part in self._makers[value].input:
                yield from self._sizes(part)
        else:
            yield -1

    def _activation(self) -> str:
        for node in self._nodes:
            if node.op_type == "Gelu":
                forms = [attribute.s for attribute in node.attribute if attribute.name == "approximate"]
                return _ACTIVATIONS[forms[0] if forms else b"none"]
        raise self._refusal("no GELU activation")

    def _epsilon(self) -> float:
        for node in self._nodes:
            if node.op_type == "LayerNormalization":
                return float(f"{next((a.f for a in node.attribute if a.name == 'epsilon'), 1e-5):.6g}")
        raise self._refusal("no normalisation")
