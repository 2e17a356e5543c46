"""The model in the repository belongs to the labels and the code beside it, and is small enough to ship."""

import json
import re
from pathlib import Path

import pytest

from classifier.artifact import sha256
from classifier.stance.model import load
from classifier.training import fingerprint
from classifier.training.fingerprint import training_code

LIMIT = 30_000_000
AGAIN = "the committed model is of other {}: train again, python -m classifier.train --out models/stance"


@pytest.fixture(scope="module")
def manifest(shipped: Path) -> dict[str, object]:
    return dict(load(shipped).folder.manifest)


def test_the_committed_model_was_trained_from_these_labels(
    manifest: dict[str, dict[str, str]], root: Path
) -> None:
    now = {name: sha256(root / "labels" / name) for name in manifest["labels"]}
    assert manifest["labels"] == now, AGAIN.format("labels")


def test_the_committed_model_was_trained_by_this_code(manifest: dict[str, object]) -> None:
    assert manifest["code"] == training_code(), AGAIN.format("training code")


def test_the_committed_model_is_small(shipped: Path) -> None:
    entries = json.loads((shipped / "manifest.json").read_text("utf-8"))["files"].values()
    assert sum(entry["bytes"] for entry in entries) <= LIMIT


def test_comments_and_docstrings_are_no_change_of_code_but_a_number_is() -> None:
    plain = fingerprint._without_words("def f(x):\n    return x + 1\n")
    assert fingerprint._without_words('def f(x):\n    """Add."""\n    return x + 1  # one\n') == plain
    assert fingerprint._without_words("def f(x):\n    return x + 2\n") != plain


def test_the_committed_model_names_no_folder_it_was_made_in(shipped: Path) -> None:
    made = load(shipped).folder
    for name in made.manifest["files"]:
        assert not re.search(rb"/(?:home|root|tmp|usr|Users)/|site-packages", made.path(name).read_bytes()), name
