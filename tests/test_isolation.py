"""What predicting may touch: the model folder and its input; no network, no pickle, nothing that runs on load."""

from __future__ import annotations

import ast
import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from classifier.artifact import sha256, with_digest
from classifier.errors import ModelError
from classifier.stance.model import load

SEED = "seeds/003_18455e297df3303e.txt"
#: Written to standard error as JSON: files opened after the imports, and everything else worth knowing.
WATCH = """
import json, sys
opened, forbidden = [], []
def watch(event, arguments):
    if event == "open":
        opened.append(str(arguments[0]))
    elif event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "pickle.", "ctypes.dlopen")):
        forbidden.append(f"{event} {arguments!r}"[:200])
import classifier.predict, classifier.pipeline, classifier.render, classifier.answers
import classifier.stance.model, classifier.stance.speakers, classifier.page, classifier.page.file
loaded = set(sys.modules)
import socket
socket.socket.connect = socket.getaddrinfo = socket.create_connection = None
sys.addaudithook(watch)
status = classifier.predict.main(sys.argv[1:])
sys.stdout.flush()
unwanted = {"pickle", "_pickle", "joblib", "dill", "cloudpickle"} & (set(sys.modules) - loaded)
seen = {"status": status, "opened": opened, "forbidden": forbidden, "pickle": sorted(unwanted)}
print(json.dumps(seen), file=sys.stderr)
"""


def watched(root: Path, *words: str, stdin: bytes = b"") -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *words], input=stdin, capture_output=True, cwd=root, check=False, timeout=120
    )
    assert done.stderr, done
    return json.loads(done.stderr.splitlines()[-1])  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (["--json", "Build the wall."], b""),
        (["--article", SEED], b""),
        (["--article", "--html", "-", SEED], b""),
        (["--ndjson"], b'{"id": 1, "text": "Build the wall."}\n'),
    ],
)
def test_predicting_reads_its_model_and_its_input_only(
    root: Path, shipped: Path, words: list[str], stdin: bytes
) -> None:
    seen = watched(root, "--model", str(shipped), *words, stdin=stdin)
    assert seen["status"] == 0
    assert seen["forbidden"] == []
    assert seen["pickle"] == []
    allowed = (str(shipped.resolve()), SEED, sys.prefix, sys.base_prefix, str(root / "classifier"))
    assert [path for path in seen["opened"] if not path.startswith(allowed)] == []  # type: ignore[attr-defined]


def test_the_watch_would_notice(root: Path) -> None:
    code = WATCH.replace(
        "status = classifier.predict.main(sys.argv[1:])",
        "status = 0\nimport pickle; pickle.loads(pickle.dumps(open))\n"
        "open('/etc/hostname', 'rb').close()\nsocket.socket()\nimport subprocess; subprocess.run(['true'])",
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=root, check=True)
    seen = json.loads(done.stderr.splitlines()[-1])
    assert "/etc/hostname" in seen["opened"]
    assert {event.split()[0].split(".")[0] for event in seen["forbidden"]} >= {"socket", "subprocess", "pickle"}


def imported(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return {name.split(".")[0] for name in names}


def test_nothing_that_predicts_names_a_way_to_run_code_on_load(root: Path) -> None:
    for path in (root / "classifier").rglob("*.py"):
        if "training" not in path.parts:
            found = imported(path.read_text("utf-8"))
            assert not found & {"pickle", "joblib", "marshal", "shelve", "dill", "eval", "exec", "compile"}, path


@pytest.fixture
def forged(shipped: Path, tmp_path: Path) -> Path:
    """A copy of the shipped model; :func:`forge` changes a file of it and makes all hashes fit."""
    shutil.copytree(shipped, tmp_path / "model")
    return tmp_path / "model"


def forge(model: Path, name: str, data: bytes) -> Path:
    place = model / "manifest.json"
    manifest = json.loads(place.read_text("utf-8"))
    file = model / manifest["folder"] / name
    file.write_bytes(data)
    manifest["files"][name] = {"bytes": len(data), "sha256": sha256(file)}
    manifest.pop("sha256")
    place.write_bytes(with_digest(manifest))
    return model


def pickled() -> bytes:
    """An array of objects, which numpy stores as a pickle that runs ``print`` when it is loaded."""
    import io

    class Runs:
        def __reduce__(self) -> tuple[object, ...]:
            return (print, ("code ran",))

    made = io.BytesIO()
    np.savez(made, mean=np.array([Runs()], dtype=object), scale=np.zeros(1))
    return made.getvalue()


@pytest.mark.parametrize("name", ["head.npz", "lexical.npz"])
def test_an_array_of_objects_runs_nothing(forged: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModelError, match=rf"{name}: no part of a model"):
        load(forge(forged, name, pickled())).predict(["Build the wall."])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["head.npz", "lexical.npz", "encoder.onnx", "tokenizer.json"])
@pytest.mark.parametrize(
    "data", [b"", b"{}", b"\x80\x04.", b"PK\x05\x06" + b"\0" * 18, gzip.compress(b"x", mtime=0)]
)
def test_a_part_that_is_something_else_is_refused_in_words(forged: Path, name: str, data: bytes) -> None:
    with pytest.raises(ModelError, match="no part of a model that training wrote"):
        load(forge(forged, name, data)).predict(["Build the wall."])


def test_tables_of_another_shape_are_refused(forged: Path) -> None:
    import io

    made = io.BytesIO()
    np.savez(made, mean=np.zeros(3), scale=np.ones(3), weights=np.zeros((2, 4)), bias=np.zeros(4), temperature=1.0)
    with pytest.raises(ModelError, match=r"head\.npz: .*weights has shape \(2, 4\), expected \(3, 4\)"):
        load(forge(forged, "head.npz", made.getvalue())).predict(["Build the wall."])


def test_weights_outside_the_folder_are_not_read(forged: Path, tmp_path: Path) -> None:
    onnx = pytest.importorskip("onnx", reason="onnx comes with the train extra")
    (tmp_path / "secret").write_bytes(b"\0" * 4)
    value = onnx.TensorProto(
        name="w", data_type=1, dims=[1], data_location=onnx.TensorProto.EXTERNAL,
        external_data=[onnx.StringStringEntryProto(key="location", value="../../secret")],
    )  # fmt: skip
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("Identity", ["w"], ["sentence_embedding"])], "g", [],
        [onnx.helper.make_tensor_value_info("sentence_embedding", 1, [1])], [value],
    )  # fmt: skip
    made = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9)
    with pytest.raises(ModelError, match="no part of a model"):
        load(forge(forged, "encoder.onnx", made.SerializeToString())).predict(["Build the wall."])
