"""Exported folders: the libraries they are for read them, and find in them what the model knows."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from conftest import Run
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers import BertConfig, BertModel

from classifier.errors import ModelError, OutputError
from classifier.export import EXAMPLES, main
from classifier.exporting.folder import as_inputs, check_target, export
from classifier.exporting.graph import EncoderGraph
from classifier.stance.encoder import MAX_TOKENS, OnnxEncoder
from classifier.stance.head import softmax
from classifier.stance.model import StanceModel, load
from classifier.training import encoder as training

PAIRS = [
    ("We hold nobody for ICE.", None),
    ("Every jail in this county should honor detainers, and ours will.", None),
    ("a mess", "The mayor called the federal raid “[quote]” on Monday."),
    ("We have been over this road before. " * 30, None),
]


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # on a busy machine more only wait for each other
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def model(shipped: Path) -> StanceModel:
    return load(shipped, threads=1)


@pytest.fixture(scope="module")
def exported(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place in which every example of the help was run."""
    place = tmp_path_factory.mktemp("export")
    (place / "models").mkdir()
    (place / "models" / "stance").symlink_to(shipped)
    examples = [line.split()[3:] for line in EXAMPLES.splitlines()[1:]]
    assert examples[-1][-2:] == ["--force", "models/encoder"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setenv("CLASSIFIER_MODEL", str(shipped))
        for arguments in examples:
            assert main(arguments) == 0
            (place / "models" / "encoder" / f"after-{len(arguments)}.txt").touch()
    return place / "models"


@pytest.fixture(scope="module")
def encoder(exported: Path) -> Path:
    return exported / "encoder"


@pytest.fixture(scope="module")
def classifier(exported: Path) -> Path:
    return exported / "cross-encoder"


def cosines(one: Any, other: Any) -> Any:
    return (one * other).sum(1) / np.linalg.norm(one, axis=1) / np.linalg.norm(other, axis=1)


def test_the_folder_gives_the_embeddings_of_the_model(encoder: Path, model: StanceModel) -> None:
    opened = SentenceTransformer(str(encoder), device="cpu", local_files_only=True)
    assert opened.max_seq_length == MAX_TOKENS
    assert cosines(opened.encode(as_inputs(PAIRS)), model.encoder.encode(PAIRS)).min() > 0.97


def test_the_folder_tokenizes_as_the_model_does(encoder: Path, model: StanceModel) -> None:
    tokenizer = SentenceTransformer(str(encoder), device="cpu", local_files_only=True).tokenizer
    for text, context in PAIRS:
        theirs = tokenizer(text, context, truncation=True)
        ours = model.encoder._tokenizer.encode(text, *([context] if context else []))
        assert (theirs["input_ids"], theirs["token_type_ids"]) == (ours.ids, ours.type_ids)


def test_the_classifier_judges_by_the_embedding_as_the_head_does(classifier: Path, model: StanceModel) -> None:
    opened = CrossEncoder(str(classifier), device="cpu", local_files_only=True)
    assert list(opened.model.config.id2label.values()) == list(model.classes)
    embeddings = model.encoder.encode(PAIRS)
    lexical = np.tile(model.head.mean[embeddings.shape[1] :], (len(PAIRS), 1))
    expected = softmax(model.head.logits(np.hstack([embeddings, lexical])))
    found = [opened.predict(pair, apply_softmax=True) for pair in as_inputs(PAIRS)]
    np.testing.assert_allclose(found, expected, atol=0.08)


def test_the_card_says_the_limits_first_and_its_code_runs(encoder: Path, classifier: Path) -> None:
    for folder in (encoder, classifier):
        card = (folder / "README.md").read_text("utf-8")
        assert card.split("\n\n")[2].startswith("**Limits first.**")
        code = card.split("```python\n")[1].split("```")[0].replace("FOLDER", str(folder))
        exec(code, {})  # noqa: S102


@pytest.mark.parametrize("attention", ["eager", pytest.param("sdpa", marks=pytest.mark.slow)])
def test_the_weights_are_found_however_attention_is_exported(tmp_path: Path, attention: str) -> None:
    torch.manual_seed(0)
    sizes = BertConfig(
        vocab_size=60, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48,
        max_position_embeddings=512, layer_norm_eps=1e-7, attn_implementation=attention,
    )  # fmt: skip
    bert = BertModel(sizes, add_pooling_layer=False)
    for parameter in bert.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    quantized_encoder(bert, tmp_path)
    found = EncoderGraph(tmp_path / "encoder.onnx").bert()
    for name in ("vocab_size", "num_attention_heads", "intermediate_size", "layer_norm_eps", "hidden_act"):
        assert getattr(found.config, name) == getattr(sizes, name)
    rebuilt = found.state_dict()
    for name, tensor in bert.state_dict().items():
        assert (rebuilt[name] - tensor).abs().max() <= tensor.abs().max() / 100, name


def quantized_encoder(bert: BertModel, folder: Path) -> None:
    """Export a BERT as training does."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = {"[PAD]": 0, "[UNK]": 1, **{f"word{n}": n for n in range(2, 60)}}
    tokenizer = Tokenizer(models.WordPiece(words, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    training.export(training.Encoder(training.PooledEncoder(bert), tokenizer), folder)
    assert OnnxEncoder(folder / "encoder.onnx", folder / "tokenizer.json").encode([("word2 word3", None)]).any()


def changed(shipped: Path, target: Path, change: Any) -> Path:
    """Copy the shipped encoder's graph with something changed."""
    graph = onnx.load(next(shipped.glob("*/encoder.onnx")))
    change(graph.graph)
    onnx.save(graph, target / "encoder.onnx")
    return target / "encoder.onnx"


def test_a_graph_that_is_no_bert_is_refused_by_what_is_missing(shipped: Path, tmp_path: Path) -> None:
    def rename(graph: Any) -> None:
        for tensor in graph.initializer:
            tensor.name = tensor.name.replace("LayerNorm", "norm")

    def drop(graph: Any) -> None:
        lost = [t for t in graph.initializer if t.name.endswith("layer.2.output.dense.bias")]
        for tensor in lost:
            graph.initializer.remove(tensor)

    with pytest.raises(ModelError, match=r"no embeddings\.LayerNorm\.weight; expected a BERT encoder that python"):
        EncoderGraph(changed(shipped, tmp_path, rename))
    with pytest.raises(ModelError, match=r"encoder\.layer\.2\.output\.dense\.\w+: found nothing"):
        EncoderGraph(changed(shipped, tmp_path, drop)).bert()


def test_embeddings_that_disagree_are_not_written(shipped: Path, tmp_path: Path) -> None:
    def swap(graph: Any) -> None:
        for tensor in graph.initializer:
            name, _, end = tensor.name.rpartition(".LayerNorm.")
            tensor.name = (
                f"{name}.LayerNorm.{ {'weight': 'bias', 'bias': 'weight'}[end] }" if name else tensor.name
            )

    copy = tmp_path / "model"
    shutil.copytree(shipped, copy)
    opened = load(copy, threads=1)
    opened.encoder.encode([("x", None)])  # opened before the weights change under it
    changed(shipped, next(copy.glob("*/encoder.onnx")).parent, swap)
    with pytest.raises(ModelError, match=r"mean cosine of -?0\.\d+, expected 0\.98 or more; nothing was written"):
        export(opened, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model"]


def test_a_place_that_is_taken_is_refused_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    check_target(out, replace=False)
    out.mkdir()
    check_target(out, replace=False)  # empty
    (out / "letters.txt").write_text("Dear Ann", "utf-8")
    with pytest.raises(OutputError, match="exists already; to replace it, add --force"):
        check_target(out, replace=False)
    with pytest.raises(OutputError, match="is no sentence-transformers folder, so it isn't replaced"):
        check_target(out, replace=True)
    (out / "modules.json").write_text("[]", "utf-8")
    check_target(out, replace=True)
    (tmp_path / "link").symlink_to(out)
    with pytest.raises(OutputError, match="is no folder"):
        check_target(tmp_path / "link", replace=True)


def test_force_replaces_a_folder_whole_and_leaves_nothing_beside_it(exported: Path) -> None:
    assert sorted(path.name for path in exported.iterdir()) == ["cross-encoder", "encoder", "stance"]
    assert [path.name for path in (exported / "encoder").glob("*.txt")] == ["after-4.txt"]


def test_a_folder_that_is_no_model_is_refused(command: Run, tmp_path: Path) -> None:
    done = command("export", "--model", str(tmp_path), str(tmp_path / "out"))
    assert done.returncode == 2
    assert "no trained model in" in done.stderr.decode()
    assert not (tmp_path / "out").exists()


def test_a_missing_package_says_what_installs_it(root: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from classifier.commands import run; from classifier.export import main\n"
        f"sys.exit(run(main, ['--model', 'models/stance', {json.dumps(str(tmp_path / 'out'))}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=False)
    assert done.returncode == 2
    assert "pip install '.[train]'" in done.stderr.decode()
