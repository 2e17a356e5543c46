"""The records that flow through the pipeline, as the contract writes them."""

from __future__ import annotations

import json

from classifier.schema import (
    Article,
    Explanation,
    Neighbour,
    Prediction,
    Quotation,
    Span,
    Speaker,
    SpeakerStance,
)

TEXT = "Mayor Irma Holloway of Denby said: “We will not.”"
QUOTATION = Quotation(
    "We will not.",
    "direct",
    (Span(36, 48),),
    Span(0, 49),
    Speaker(Span(6, 19), "Irma Holloway", "Mayor", "Denby"),
    Span(29, 33),
    "cue-before",
    0.75,
)
ROW = {
    "text": "We will not.",
    "kind": "direct",
    "parts": [{"start": 36, "end": 48, "text": "We will not."}],
    "speaker": {
        "start": 6, "end": 19, "text": "Irma Holloway", "name": "Irma Holloway", "title": "Mayor", "place": "Denby"
    },
    "cue": {"start": 29, "end": 33, "text": "said"},
    "context": {"start": 0, "end": 49},
    "rule": "cue-before",
    "certainty": 0.75,
}  # fmt: skip
SHARES = {"pro-enforcement": 0.12345678, "pro-sanctuary": 0.7, "neutral": 0.17654322}
ROUNDED = {"pro-enforcement": 0.123457, "pro-sanctuary": 0.7, "neutral": 0.176543}


def test_a_span_is_its_text_and_ends_before_its_end() -> None:
    assert Span(6, 10).of(TEXT) == "Irma"
    assert Span(6, 10).as_json(TEXT) == {"start": 6, "end": 10, "text": "Irma"}


def test_a_quotation_as_the_contract_writes_it() -> None:
    assert QUOTATION.as_json(TEXT) == ROW


def test_a_quotation_of_nobody_has_neither_speaker_nor_cue() -> None:
    row = Quotation("We", "mixed", (Span(36, 38),), Span(0, 49)).as_json(TEXT)
    assert (row["speaker"], row["cue"], row["rule"], row["certainty"]) == (None, None, "", 0.0)


def test_a_prediction_as_the_contract_writes_it() -> None:
    row = Prediction("We", "pro-sanctuary", SHARES).as_json()
    assert row == {"text": "We", "stance": "pro-sanctuary", "probabilities": ROUNDED, "abstained": False}


def test_an_abstention_says_why() -> None:
    prediction = Prediction("We", "neutral", SHARES, abstained=True, reason="off topic: about soup: mostly")
    assert prediction.as_json()["reason"] == "off topic: about soup: mostly"
    assert prediction.answer == "off topic"
    assert Prediction("We", "neutral", SHARES, abstained=True).answer == "unsure"
    assert Prediction("We", "neutral", SHARES, reason="off topic: x").answer == "neutral"


def test_an_explanation_is_rounded_to_three_places() -> None:
    explanation = Explanation(
        "pro-sanctuary",
        "neutral",
        {"words": 1.23456, "sentence": -0.98765},
        (("welcome", 0.55555), ("not", -0.11111)),
        {"neutral": (Neighbour("w1", "They met.", "neutral", 0.61239),)},
    )
    expected = {
        "stance": "pro-sanctuary",
        "against": "neutral",
        "sources": {"words": 1.235, "sentence": -0.988},
        "words": [{"word": "welcome", "weight": 0.556}, {"word": "not", "weight": -0.111}],
        "nearest": {"neutral": [{"id": "w1", "text": "They met.", "likeness": 0.612}]},
    }
    assert explanation.as_json() == expected
    prediction = Prediction("We", "pro-sanctuary", SHARES, explanation=explanation)
    assert prediction.as_json()["explanation"] == expected


def test_an_article_without_a_model_has_quotations_only() -> None:
    assert Article("a.txt", TEXT, [QUOTATION]).as_json() == {"id": "a.txt", "quotes": [ROW]}


def test_an_article_with_stances_joins_each_to_its_quotation() -> None:
    article = Article(
        7,
        TEXT,
        [QUOTATION],
        [Prediction("the text as the model saw it", "pro-sanctuary", SHARES)],
        [SpeakerStance("Irma Holloway", 1, "pro-sanctuary", SHARES)],
    )
    row = article.as_json()
    assert row == {
        "id": 7,
        "quotes": [{**ROW, "stance": "pro-sanctuary", "probabilities": ROUNDED, "abstained": False}],
        "speakers": [{"name": "Irma Holloway", "quotes": 1, "stance": "pro-sanctuary", "probabilities": ROUNDED}],
    }
    assert json.loads(json.dumps(row)) == row
