"""Training for real, on few labels: own label names, reproducible, replaced whole, refused in words."""

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import Run

from classifier.errors import LabelsError
from classifier.stance.model import load
from classifier.training.encoder import FineTuning
from classifier.training.run import Settings, own_labels, project_labels, train

CHEAP = Settings(fine_tuning=FineTuning(epochs=1))


def own(path: Path) -> Path:
    """Write a user's file with label names of their own."""
    rows = [
        {"id": f"{side}{n}", "stance": side, "text": f"{words} number {n} for the {place} council"}
        for side, words in (("for", "We love the new park"), ("against", "They hate that awful dump"))
        for n, place in enumerate(["city", "county", "school", "state", "town"] * 4)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    train(own_labels([own(folder / "own.jsonl")]), folder / "model", settings=CHEAP)
    return folder


def test_a_model_of_own_labels_answers_in_them(trained: Path) -> None:
    model = load(trained / "model")
    assert model.stances == ("against", "for")
    found = model.predict(["We love the new park in the city", "They hate that awful dump here"])
    assert [p.stance for p in found] == ["for", "against"]


def test_the_manifest_says_what_the_model_was_made_from(trained: Path) -> None:
    manifest = load(trained / "model").folder.manifest
    assert set(manifest["files"]) == {
        "encoder.onnx",
        "examples.jsonl.gz",
        "examples.npz",
        "head.npz",
        "lexical.npz",
        "tokenizer.json",
    }
    assert list(manifest["labels"]) == ["own.jsonl"]
    assert manifest["settings"]["seed"] == 0
    assert "torch" in manifest["packages"]


def test_probabilities_do_not_depend_on_the_batch(trained: Path) -> None:
    model = load(trained / "model")
    texts = ["We love it", "An awful dump " * 20, "number", "We love it"]
    together = model.logits([(text, None) for text in texts])
    alone = np.vstack([model.logits([(text, None)]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


@pytest.mark.slow
def test_two_trainings_with_one_seed_give_the_same_predictions(trained: Path) -> None:
    train(own_labels([trained / "own.jsonl"]), trained / "again", settings=CHEAP)
    pairs = [("We love that dump", None)]
    assert np.array_equal(load(trained / "model").logits(pairs), load(trained / "again").logits(pairs))


@pytest.mark.parametrize(
    ("labels", "message"),
    [(["for"] * 9, "expected at least two labels"), (["for"] * 9 + ["against"] * 2, "with 5 quotations each")],
)
def test_too_few_labels_are_refused_with_their_counts(tmp_path: Path, labels: list[str], message: str) -> None:
    path = tmp_path / "few.jsonl"
    path.write_text(
        "".join(json.dumps({"text": f"t {i}", "stance": s}) + "\n" for i, s in enumerate(labels)), "utf-8"
    )
    with pytest.raises(LabelsError, match=message):
        own_labels([path])


def test_the_channels_never_see_what_the_head_is_fitted_on(root: Path) -> None:
    data = project_labels(root)
    seen = {item.text for item in data.channels}
    bare = [item for item in data.held if not item.context]
    assert not [item.id for item in bare if item.text in seen]
    assert {item.group for item in data.channels if item.group} & {i.group for i in data.held if i.group} == set()
    assert not any(item.id.startswith(("seed-", "pair-")) for item in data.channels)


@pytest.mark.slow
def test_the_whole_way_from_labels_to_report(command: Run, tmp_path: Path) -> None:
    out = str(tmp_path / "model")
    assert command("train", "--out", out).returncode == 0
    done = command("predict", "--article", "--json", "seeds/002_4568191ad18858cd.txt", CLASSIFIER_MODEL=out)
    assert [s["stance"] for s in json.loads(done.stdout)[0]["speakers"]] == ["pro-sanctuary", "pro-enforcement"]
