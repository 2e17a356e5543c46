"""The owner's articles and the labels that point into them."""

import hashlib
import json
import re
from pathlib import Path

from classifier.labels import read_labels
from classifier.quotes import explain_marks

LABELS = "labels/seeds.jsonl"


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_bytes_of_the_seeds_are_those_that_their_readme_names(root: Path) -> None:
    table = dict(re.findall(r"`(\d{3}_\w+\.txt)`.*`([0-9a-f]{64})`", (root / "seeds/README.md").read_text()))
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (root / "seeds").glob("*.txt")}
    assert len(found) == 5
    assert found == table


def test_every_offset_of_the_labels_points_at_its_words(root: Path) -> None:
    assert len(read_labels(root / LABELS, seeds=root / "seeds")) >= 68


def test_every_stretch_between_marks_is_a_quotation_or_listed_as_none(root: Path) -> None:
    known = {(row["doc"], part["start"]) for row in rows(root / LABELS) for part in row["parts"]}
    known |= {(row["doc"], row["start"]) for row in rows(root / "labels/not_quotes.jsonl")}
    for path in (root / "seeds").glob("*.txt"):
        for stretch in explain_marks(path.read_text(encoding="utf-8")):
            assert any(doc == path.name and abs(start - stretch.span.start) <= 1 for doc, start in known), stretch
