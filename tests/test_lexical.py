"""The lexical channel: the same n-grams in training and predicting, and numbers worked out another way."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union

from classifier.stance.lexical import LexicalTable, ngram_hashes, normalise, word_ngrams, words
from classifier.training import lexical as training

TEXTS = [
    "build the wall",
    "we need the wall now",
    "welcome them here",
    "they are welcome here now",
    "it is monday",
    "it is late",
]
TARGETS = np.array([0, 0, 1, 1, 2, 2])


def test_a_text_has_one_hash_for_every_run_of_words_and_letters() -> None:
    by_word, by_letter = ngram_hashes("Build the wall")
    assert len(by_word) == 3 + 2 + 1
    assert len(by_letter) == sum(len(" build the wall ") - n + 1 for n in (2, 3, 4, 5, 6))
    assert [gram for gram, _ in word_ngrams("Build the wall")] == [
        "build", "the", "wall", "build the", "the wall", "build the wall"
    ]  # fmt: skip


def test_typography_and_case_make_no_difference() -> None:
    a, b = ngram_hashes("Don’t  “BUILD”\nit"), ngram_hashes('don\'t "build" it')
    assert all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


@given(st.text(max_size=80), st.text(max_size=80))
def test_texts_that_differ_in_words_differ_in_hashes(one: str, other: str) -> None:
    same = words(normalise(one)) == words(normalise(other))
    assert np.array_equal(ngram_hashes(one)[0], ngram_hashes(other)[0]) == same


def test_scores_are_those_of_scikit_learn_on_the_same_ngrams() -> None:
    table = training.fit_lexical(TEXTS, TARGETS, classes=3)
    analyzers = [lambda t: [str(h) for h in ngram_hashes(t)[0]], lambda t: [str(h) for h in ngram_hashes(t)[1]]]
    vectorizer = make_union(
        *(TfidfVectorizer(analyzer=a, min_df=n, sublinear_tf=True) for a, n in zip(analyzers, (2, 3), strict=True))
    )
    model = LogisticRegression(C=3.0, max_iter=1000, tol=1e-5).fit(vectorizer.fit_transform(TEXTS), TARGETS)
    unseen = ["the wall", "welcome to it", "nothing known"]
    np.testing.assert_allclose(
        table.scores(unseen), model.decision_function(vectorizer.transform(unseen)), atol=0.02
    )


def test_an_unknown_or_empty_text_gets_the_bias() -> None:
    table = training.fit_lexical(TEXTS, TARGETS, classes=3)
    np.testing.assert_allclose(table.scores(["", "qqq"]), [table.bias, table.bias], atol=1e-6)


def test_a_class_without_examples_never_wins() -> None:
    table = training.fit_lexical(TEXTS[:4], TARGETS[:4], classes=3)
    assert (table.scores(TEXTS).argmax(axis=1) != 2).all()


def test_the_words_that_weighed_are_words_of_the_text() -> None:
    table = training.fit_lexical(TEXTS, TARGETS, classes=3)
    weighed = dict(table.word_weights("Build the wall, Bob"))
    assert "wall" in weighed
    assert "bob" not in weighed
    assert weighed["wall"].argmax() == 0


def test_an_empty_table_scores_the_bias() -> None:
    none = LexicalTable(
        np.empty(0, np.uint64), np.empty(0, np.float32), np.empty((0, 3), np.float32), np.arange(3.0)
    )
    assert none.scores(["a wall"]).tolist() == [[0.0, 1.0, 2.0]]
    assert none.word_weights("a wall") == []
