"""The card of an exported folder: limits first, what it is, how it is read."""

from __future__ import annotations

from typing import Final

from classifier import __version__
from classifier.stance.encoder import MAX_TOKENS
from classifier.stance.model import StanceModel

_CARD: Final = """---
library_name: sentence-transformers
pipeline_tag: {task}
license: mit
tags: [stance-detection, {tag}]
---

# {title}

**Limits first.** {limits} It judges words in a place; **it is not for judging persons**.

From sanctuary-stance {version}, model `{digest}`. The weights are the model's int8 weights as floats.
The model itself also rounds its activations, so embeddings agree closely, not exactly: mean cosine
{agreement:.4f} on the texts that the export compares. BERT's own pooler isn't used and stands at zero.
It reads {tokens} tokens of a quotation and its surroundings together.

```python
{code}
```

The second of a pair is the sentence that carries the quotation, with `[quote]` where the quoted words
stood; without one, {alone}.
"""

_ENCODER: Final = """from sentence_transformers import SentenceTransformer

model = SentenceTransformer("FOLDER")
model.encode(["We will not help ICE.", ("a disgrace", "The sheriff called the ordinance “[quote]”.")])"""

_CLASSIFIER: Final = """from sentence_transformers import CrossEncoder

model = CrossEncoder("FOLDER")
pairs = [("a disgrace", "The sheriff called the ordinance “[quote]”."), ("We will not help ICE.", "")]
model.predict(pairs, apply_softmax=True)
model.config.id2label  # what the columns are"""


def card(model: StanceModel, agreement: float, *, classifier: bool) -> str:
    """Return the folder's ``README.md``."""
    limits = "It knows what its labels know, written quotations for the most part, and US English."
    if classifier:
        limits += (
            " This is the classifier's embedding channel alone: without the lexical channel, abstention and the "
            "pooling over a speaker, it is less accurate than the whole, and its probabilities aren't calibrated."
        )
    return _CARD.format(
        task="text-classification" if classifier else "sentence-similarity",
        tag="cross-encoder" if classifier else "sentence-transformers",
        title="The stance classifier's embedding channel" if classifier else "The stance classifier's encoder",
        limits=limits,
        version=__version__,
        digest=model.folder.digest[:12],
        agreement=agreement,
        tokens=MAX_TOKENS,
        alone="give an empty text" if classifier else "give the quotation alone",
        code=_CLASSIFIER if classifier else _ENCODER,
    )
