"""What is fuzzed: each target takes any bytes; all but an answer or one of the project's errors is a finding."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

from classifier.artifact import MANIFEST, open_model, with_digest
from classifier.documents import decode
from classifier.errors import ClassifierError
from classifier.labels import read_labels, read_off_topic
from classifier.quotes import extract_quotes
from classifier.stance.model import StanceModel
from classifier.streams import read_lines

#: What news and label files are made of, so that the fuzzer finds its way in.
WORDS = (
    "“", "”", "said", "told", "Mayor", "Dana Ruiz", "she", "according to", "text", "stance", "parts", "start",
    "end", "doc", "id", "context", "classes", "files", "folder", "format", "sha256", ".", ",", "{", "}", "[", "]",
)  # fmt: skip

#: Valid inputs to begin with: no fuzzer makes up a whole line of JSON by itself.
EXAMPLES: dict[str, tuple[bytes, ...]] = {
    "extraction": ("“We go,” Mayor Dana Ruiz said, “and she told us: ‘No.’\n\n“We stay.”".encode(),),
    "documents": (b"cp1252\ncaf\xe9", b"utf-16\n\xff\xfea\x00", b"idna\nxn--a", b"utf-7\n+AGE-"),
    "labels": (
        b' {"id": "a", "text": "We go.", "stance": "neutral", "context": "He said so.", "group": "g"}\n'
        b'{"id": "b", "text": "No.", "stance": "neutral", "replaces": "a"}',
        b' {"id": "a", "text": "We go.", "distance": "far"}\n{"id": "b", "text": "No.", "distance": "near"}',
        b's{"id": "a", "text": "We", "stance": "neutral", "doc": "seed.txt", "doc_sha256": "'
        + hashlib.sha256(b"").hexdigest().encode()
        + b'", "parts": [{"start": 0, "end": 2}], "speaker": "Dana Ruiz", "kind": "direct"}',
        b'ctext,stance,id,context\n"We go.",neutral,a,"He said ""so""."\n',
    ),
    "lines": (b'\xff{"id": 1, "text": "We go.", "context": "He said so."}\n\n[1]\n{"text": 7}\n',),
    "model": (
        b'{"format": 1, "folder": "000000000000", "classes": ["a", "b"], "abstention": {"certain": 0.5}, '
        b'"files": {"head.npz": {"sha256": "' + hashlib.sha256(b"").hexdigest().encode() + b'"}}}',
    ),
}

ENCODINGS = ("utf-8", "utf-7", "utf-16", "utf-32", "cp1252", "idna", "punycode", "unicode_escape", "hz", "big5")
FOLDER = "0" * 12


def extraction(data: bytes) -> None:
    """Any text: offsets are in range and give the words."""
    text = data.decode("utf-8", "surrogateescape" if data[:1] < b" " else "replace")
    for quotation in extract_quotes(text, indirect=bool(len(data) % 2)):
        if quotation.text != " ".join(part.of(text) for part in quotation.parts):
            raise AssertionError("offsets that don't give the words")
        quotation.as_json(text)


def documents(data: bytes) -> None:
    """Any bytes in any encoding, known or not."""
    name, _, rest = data.partition(b"\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # unicode_escape complains of its own
        with contextlib.suppress(ClassifierError):
            decode(rest, name="fuzz", encoding=name.decode("latin-1"))
        decode(rest, name="fuzz", encoding=ENCODINGS[len(name) % len(ENCODINGS)])


def labels(data: bytes) -> None:
    """Any label file, JSON lines or CSV, with offsets into a seed or without."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("labels.csv" if data[:1] == b"c" else "labels.jsonl")
        path.write_bytes(data[1:])
        (Path(folder) / "seed.txt").write_bytes(b"")
        with contextlib.suppress(ClassifierError):
            read_off_topic(path)
        read_labels(path, stances=None, seeds=Path(folder) if data[:1] == b"s" else None)


def lines(data: bytes) -> None:
    """Any stream: whatever comes in, what is answered can be written as JSON."""
    for line in read_lines(io.BytesIO(data[1:]), max_bytes=1 + data[0] * 8 if data else 1):
        json.dumps([line.id, line.text, line.context, line.error], allow_nan=False)


def model(data: bytes) -> None:
    """Any manifest, as it is and with a hash that fits, and any file beside it."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / MANIFEST).write_bytes(data)
        with contextlib.suppress(ClassifierError):
            open_model(root)
        with contextlib.suppress(ValueError, RecursionError):
            manifest = json.loads(data)
            if isinstance(manifest, dict):
                manifest.pop("sha256", None)
                (root / MANIFEST).write_bytes(with_digest(manifest))
        (root / FOLDER).mkdir()
        (root / FOLDER / "head.npz").write_bytes(b"")
        StanceModel(open_model(root))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "extraction": extraction,
    "documents": documents,
    "labels": labels,
    "lines": lines,
    "model": model,
}


def guarded(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Let the project's own errors pass; every other one is a finding."""

    def once(data: bytes) -> None:
        with contextlib.suppress(ClassifierError):
            target(data)

    return once
