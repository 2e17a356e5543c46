"""Why an answer: the words it hangs on, what spoke for it, and what it is nearest to."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from conftest import Run

from classifier.pipeline import read_article_text
from classifier.stance.explain import Examples, explain, explain_article, pack_signs, without_each_word
from classifier.stance.model import StanceModel, load

ARTICLE = """The council voted late on Tuesday to end its agreement with the agency.

Councilwoman Dana Ruhl said families were being torn apart by the raids. "No child should come home to an empty
house because of a raid," Ruhl said.

"This is a great day," Ruhl said afterwards.
"""


@pytest.fixture(scope="module")
def model(shipped: Path) -> StanceModel:
    return load(shipped)


def test_the_words_an_answer_hangs_on_come_first(model: StanceModel) -> None:
    found = explain(model, "On Tuesday, in the building, we said that ICE must deport every illegal alien.")
    assert found.stance == "pro-enforcement"
    heaviest = [word for word, weight in found.words if weight > 0][:3]
    assert {"deport", "illegal", "must", "alien", "ICE"} & set(heaviest)
    sizes = [abs(weight) for _, weight in found.words]
    assert sizes == sorted(sizes, reverse=True)


def test_three_quotations_of_each_stance_are_named_nearest_first(model: StanceModel) -> None:
    found = explain(model, "Families are being torn apart by these raids.")
    assert set(found.neighbours) == set(model.stances)
    for stance, nearest in found.neighbours.items():
        assert [n.stance for n in nearest] == [stance] * 3
        likeness = [n.likeness for n in nearest]
        assert likeness == sorted(likeness, reverse=True)
    assert max(found.neighbours, key=lambda s: found.neighbours[s][0].likeness) == "pro-sanctuary"


def test_the_weight_of_a_word_is_what_the_answer_loses_without_it(model: StanceModel) -> None:
    text, word = "We must abolish ICE now.", "abolish"
    found = explain(model, text)
    places = [model.classes.index(s) for s in (found.stance, found.against)]
    whole, left = model.logits([(text, None), (text.replace(word, ""), None)])[:, places]
    assert dict(found.words)[word] == pytest.approx((whole[0] - whole[1]) - (left[0] - left[1]), abs=1e-6)


def test_what_spoke_for_an_answer_in_an_article_adds_up_to_it(model: StanceModel) -> None:
    article = explain_article(model, read_article_text(ARTICLE, model=model))
    assert article.predictions is not None
    for prediction in article.predictions:
        why = prediction.explanation
        assert why is not None
        odds = np.log(prediction.probabilities[why.stance] / prediction.probabilities[why.against])
        assert sum(why.sources.values()) == pytest.approx(odds, abs=1e-6)


def test_a_vague_quotation_is_decided_by_its_speakers_plain_one(model: StanceModel) -> None:
    article = explain_article(model, read_article_text(ARTICLE, model=model))
    places = [i for i, q in enumerate(article.quotations) if q.text == "This is a great day,"]
    assert article.predictions is not None
    why = article.predictions[places[0]].explanation
    assert why is not None
    assert why.stance == "pro-sanctuary"
    assert why.sources["its speaker's other quotations"] > 0


def test_a_quotation_is_not_its_own_reason(model: StanceModel) -> None:
    assert model.examples is not None
    known = model.examples._rows[0]["text"]
    found = explain(model, known)
    assert known not in [n.text for nearest in found.neighbours.values() for n in nearest]


def test_the_command_says_why(command: Run) -> None:
    shown = command("predict", "--explain", "We must abolish ICE now.").stdout.decode()
    assert "why pro-sanctuary rather than" in shown
    assert "words that weighed most" in shown
    assert "nearest labelled neutral" in shown
    given = json.loads(command("predict", "--explain", "--json", "We must abolish ICE now.").stdout)
    assert given["explanation"]["stance"] == "pro-sanctuary"
    assert len(given["explanation"]["nearest"]["neutral"]) == 3


def test_a_stream_is_not_explained(command: Run) -> None:
    refused = command("predict", "--explain", "--ndjson", stdin=b'{"id": 1, "text": "x"}\n')
    assert refused.returncode == 2
    assert b"no stream" in refused.stderr


def test_a_single_word_has_no_word_to_leave_out() -> None:
    assert without_each_word("disgraceful") == []
    assert without_each_word("") == []


def test_nearest_is_by_signs_in_common(tmp_path: Path) -> None:
    rows = np.array([[1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, -1, -1, -1, -1]], np.float32)
    centre = np.zeros(8, np.float32)
    np.savez(tmp_path / "s.npz", signs=pack_signs(rows, centre), centre=centre)
    with gzip.open(tmp_path / "t.gz", "wt") as file:
        for name in "ab":
            file.write(json.dumps({"id": name, "text": name, "stance": "x"}) + "\n")
    near, far = Examples(tmp_path / "t.gz", tmp_path / "s.npz").nearest(rows[1], ["x"])["x"]
    assert (near.id, near.likeness) == ("b", 1.0)
    assert (far.id, far.likeness) == ("a", 0.5)
