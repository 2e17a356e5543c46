"""A pruned vocabulary reads what it was pruned for as before, and everything else in smaller pieces."""

import pytest
import torch

from classifier.training.encoder import Encoder, starting_encoder

TEXTS = ["Mayor Ruiz called the detainers unconstitutional.", "A zyzzyva is a weevil, they told us."]
PAIRS = [(TEXTS[0], None), (TEXTS[1], TEXTS[0])]


@pytest.fixture(scope="module")
def encoders() -> tuple[Encoder, Encoder]:
    whole, pruned = (Encoder.load(starting_encoder()) for _ in range(2))
    pruned.prune(TEXTS)
    return whole, pruned


def test_texts_it_was_pruned_for_keep_their_embeddings(encoders: tuple[Encoder, Encoder]) -> None:
    whole, pruned = encoders
    assert pruned.tokenizer.get_vocab_size() < 0.7 * whole.tokenizer.get_vocab_size()
    torch.testing.assert_close(torch.tensor(pruned.encode(PAIRS)), torch.tensor(whole.encode(PAIRS)))


def test_a_word_left_out_is_read_in_smaller_pieces(encoders: tuple[Encoder, Encoder]) -> None:
    whole, pruned = encoders
    left_out = next(
        word
        for word in whole.tokenizer.get_vocab()
        if word.isalpha() and len(word) > 6 and word not in pruned.tokenizer.get_vocab()
    )
    pieces = pruned.tokenizer.encode(left_out, add_special_tokens=False).tokens
    assert len(pieces) > 1
    assert "".join(piece.removeprefix("##") for piece in pieces) == left_out


def test_every_character_can_still_be_read(encoders: tuple[Encoder, Encoder]) -> None:
    whole, pruned = encoders
    text = "Zürich § 1373 (a)–(c): “¿qué?” 移民 €5"
    assert pruned.tokenizer.encode(text).tokens.count("[UNK]") == whole.tokenizer.encode(text).tokens.count(
        "[UNK]"
    )


def test_inputs_stay_inside_the_smaller_table(encoders: tuple[Encoder, Encoder]) -> None:
    _, pruned = encoders
    rows = pruned.module.transformer.embeddings.word_embeddings.num_embeddings
    assert int(pruned.tokens(PAIRS)["input_ids"].max()) < rows
    assert pruned.tokenizer.encode("a", "b").tokens == ["[CLS]", "a", "[SEP]", "b", "[SEP]"]
