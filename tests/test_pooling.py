"""One speaker, one side: what a speaker's other quotations change, and what they don't."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.pipeline import read_article_text
from classifier.quotes import extract_quotes
from classifier.render import Screen, article_text
from classifier.stance.head import softmax
from classifier.stance.model import StanceModel, load, passages
from classifier.stance.speakers import Pooling, judge, pool
from classifier.stance.text import article_context

LETTER = """“Every detainer gets a dangerous man off our streets, and we honor them,” said Sheriff Ann Dorsett.

“It is what it is,” Dorsett said.
"""
MUSEUM = """Museum opens its new wing

DENVER — The city's art museum opened a new wing on Friday with four hundred paintings by Dutch masters.

“We have waited eleven years for this morning, and we are proud of it,” said Carla Whitmore, the museum's director.

The building cost $96 million. Tickets are free for children until the end of the year; the café closes at nine.

Paul Ostrander, a retired plumber who stood first in line, said the light was “a disgrace” in every room.

“I'd come back tomorrow,” he said.
"""


@pytest.fixture(scope="module")
def model(shipped) -> StanceModel:  # type: ignore[no-untyped-def]
    return load(shipped)


def test_by_hand() -> None:
    logits = np.array([[2.0, -2.0, 0.0], [-0.2, 0.2, 0.0], [0.0, 3.0, -3.0]])
    pooled, sides = pool(logits, ["a", "a", None], np.array([9.0, 1.0, 4.0]), Pooling(0.5, 1.0, 2.0))
    # the others of each: one, whatever its weight; half of it added, all divided by two
    assert pooled.tolist() == [[0.95, -0.95, 0.0], [0.4, -0.4, 0.0], [0.0, 1.5, -1.5]]
    assert sides["a"].tolist() == pytest.approx([0.675, -0.675, 0.0])


def test_of_several_others_the_longer_ones_count_for_more() -> None:
    logits = np.array([[0.0, 0.0], [3.0, -3.0], [-3.0, 3.0]])
    pooled, _ = pool(logits, ["a"] * 3, np.array([1.0, 25.0, 1.0]), Pooling())
    assert pooled[0, 0] > 0 > pooled[0, 1]


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9), st.integers(1, 80)), min_size=1, max_size=8))
def test_who_stands_alone_keeps_their_order(rows: list[tuple[float, float, int]]) -> None:
    logits = np.array([[a, b, 0.0] for a, b, _ in rows])
    lengths = np.array([float(n) for *_, n in rows])
    pooled, sides = pool(logits, [None] * len(rows), lengths, Pooling())
    assert sides == {}
    centred = (logits - logits.mean(axis=1, keepdims=True)) / Pooling().temperature
    assert np.allclose(pooled, centred)


def test_nobody_is_no_speaker_and_an_empty_article_is_fine() -> None:
    pooled, sides = pool(np.empty((0, 3)), [], np.empty(0), Pooling())
    assert pooled.shape == (0, 3)
    assert sides == {}


def test_an_article_is_judged_by_speaker(model: StanceModel) -> None:
    article = read_article_text(LETTER, model=model)
    known = [model.classes.index(stance) for stance in model.stances]
    own = model.logits([(q.text, article_context(q, LETTER)) for q in article.quotations])[:, known]
    lengths = np.array([float(len(q.text.split())) for q in article.quotations])
    pooled, sides = pool(own, ["ann dorsett"] * 2, lengths, Pooling())
    for row, prediction in zip(softmax(pooled), article.predictions or (), strict=True):
        assert list(prediction.probabilities.values()) == pytest.approx(row.tolist())
    (speaker,) = article.speakers
    assert (speaker.name, speaker.stance, speaker.quotes) == ("Ann Dorsett", "pro-enforcement", 2)
    assert list(speaker.probabilities.values()) == pytest.approx(softmax(sides["ann dorsett"][None])[0].tolist())


def test_pooling_leaves_the_probability_of_being_off_topic(model: StanceModel) -> None:
    read = [("one", LETTER, extract_quotes(LETTER))]
    seen = [(q.text, article_context(q, LETTER)) for q in read[0][2]]
    off = softmax(model.logits(seen))[:, model.classes.index("off-topic")]
    asked: list[float] = []

    class Watched(StanceModel):
        def decide(self, texts, logits):  # type: ignore[no-untyped-def]
            asked.extend(softmax(logits)[:, self.classes.index("off-topic")])
            return super().decide(texts, logits)

    judge(Watched(model.folder), read)
    assert asked == pytest.approx(list(off))


def test_an_article_about_something_else_gets_no_stance(model: StanceModel) -> None:
    article = read_article_text(MUSEUM, model=model)
    assert len(article.quotations) == 3
    assert {p.answer for p in article.predictions or ()} == {"off topic"}
    assert "taken together" not in article_text(article, Screen(100))


def test_the_seeds_are_about_the_subject(model: StanceModel, root: Path) -> None:
    assert not any(model.is_elsewhere(path.read_text("utf-8")) for path in (root / "seeds").glob("*.txt"))


def test_passages_hold_every_paragraph_once() -> None:
    text = "One.\n\n" + "Two is long. " * 40 + "\nThree.\n \n"
    assert "".join(passages(text)).split() == text.split()
    assert len(passages(text)) == 2
    assert passages("\n \n") == []
