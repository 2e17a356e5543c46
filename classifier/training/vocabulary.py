"""Leave out of an encoder's vocabulary the pieces that its subject doesn't need.

A third of the encoder's bytes are vectors of word pieces that no text of the subject holds. A word whose piece is
left out is read in smaller pieces, as any rare word is; single characters always stay.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

import torch
from tokenizers import Tokenizer
from torch import nn

#: Pieces of the start of the vocabulary that stay whether they occur or not: BERT's is in the order of frequency.
COMMON: Final = 16_000


def _kept(vocabulary: dict[str, int], special: set[str], used: set[int], common: int) -> list[str]:
    ordered = sorted(vocabulary, key=vocabulary.__getitem__)
    return [
        piece
        for piece in ordered
        if piece in special
        or vocabulary[piece] in used
        or len(piece.removeprefix("##")) == 1
        or (vocabulary[piece] < common and not piece.startswith("[unused"))
    ]


def prune_vocabulary(
    tokenizer: Tokenizer, embedding: nn.Embedding, texts: Iterable[str], *, common: int = COMMON
) -> tuple[Tokenizer, nn.Embedding]:
    """Return a tokenizer and its ``(kept pieces, dim)`` embedding, with every piece that ``texts`` need.

    A text of kept pieces alone gets the same vectors as before. A vocabulary that is not of word pieces comes
    back whole.
    """
    state: dict[str, Any] = json.loads(tokenizer.to_str())
    if state["model"]["type"] != "WordPiece":
        return tokenizer, embedding
    vocabulary: dict[str, int] = state["model"]["vocab"]
    used = {number for encoding in tokenizer.encode_batch(list(texts)) for number in encoding.ids}
    special = {token["content"] for token in state["added_tokens"]}
    pieces = _kept(vocabulary, special, used, common)
    numbers = {piece: number for number, piece in enumerate(pieces)}
    rows = torch.tensor([vocabulary[piece] for piece in pieces])
    state["model"]["vocab"] = numbers
    for token in state["added_tokens"]:
        token["id"] = numbers[token["content"]]
    for token in state["post_processor"]["special_tokens"].values():
        token["ids"] = [numbers[name] for name in token["tokens"]]
    state["padding"] = state["truncation"] = None
    smaller = nn.Embedding(len(pieces), embedding.embedding_dim)
    smaller.weight.data = embedding.weight.detach()[rows].clone()
    return Tokenizer.from_str(json.dumps(state)), smaller
