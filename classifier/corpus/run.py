"""A whole corpus on one machine: the composition of inputs, workers, journal and tables."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from classifier.artifact import open_model
from classifier.corpus.columns import import_pyarrow
from classifier.corpus.inputs import MAX_ARTICLE, Corpus, chunked, find_sources
from classifier.corpus.journal import Done, Finish, Journal
from classifier.corpus.tables import write_parquet
from classifier.corpus.workers import Answer, Workers, as_line
from classifier.errors import OutputError
from classifier.progress import Progress
from classifier.schema import OFF_TOPIC
from classifier.streams import Line

#: Raised whenever the rows would come out otherwise: a job begun by another version isn't gone on with.
VERSION: Final = 1

#: Endings of the output, with whether it is Parquet.
ENDINGS: Final = {".parquet": True, ".ndjson": False, ".jsonl": False}


def make_answer(model: str, *, indirect: bool) -> Answer:
    """Open the model, on one thread, and return what answers chunks of articles as JSON lines."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # the processes share the cores
    from classifier.answers import answer_articles  # noqa: PLC0415  numpy reads the lines above when imported
    from classifier.stance.model import load  # noqa: PLC0415

    opened = load(model, threads=1)

    def answer(rows: Sequence[Line]) -> list[bytes]:
        return [as_line(row) for row in answer_articles(rows, model=opened, indirect=indirect)]

    return answer


def _writer(out: Path, stances: Sequence[str]) -> Finish | None:
    if out.suffix.lower() not in ENDINGS:
        raise OutputError(f"{out}: can't tell the format; expected a name ending in {', '.join(ENDINGS)}")
    if not ENDINGS[out.suffix.lower()]:
        return None
    import_pyarrow()
    return functools.partial(write_parquet, stances=stances)


def run_corpus(
    source: Path,
    out: Path,
    *,
    model: Path,
    jobs: int,
    indirect: bool = False,
    max_bytes: int = MAX_ARTICLE,
    force: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Done:
    """Read every article of ``source`` and write a row each to ``out``, in order; go on where a run was cut off.

    Args:
        source: a folder of articles, or a file of them.
        out: Parquet or JSON lines, by its ending.
        model: the model's folder.
        jobs: processes.
        indirect: also statements reported without quotation marks.
        max_bytes: largest article read.
        force: replace ``out``, and throw away the rows of another job.
        tell: hears what a person should know.

    Returns:
        How many rows the output has, and how many of them are errors.

    Raises:
        DocumentError: no input.
        OutputError: the output exists, can't be written, or the disk is full; what is done is kept.
        ModelError: no model, or a damaged one.
    """
    folder = open_model(model)
    stances = [label for label in folder.manifest["classes"] if label != OFF_TOPIC]
    write = _writer(out, stances)
    corpus = Corpus(find_sources(source, leave_out=out), max_bytes=max_bytes)
    job = {
        "version": VERSION, "input": corpus.digest(), "model": folder.digest,
        "indirect": indirect, "max_bytes": max_bytes,
    }  # fmt: skip
    with Journal(out, job, force=force) as journal:
        if journal.finished:
            tell(f"{out} was finished by the run before")
            return journal.done
        if journal.done.rows:
            tell(f"going on after {journal.done.rows:,} rows")
        try:
            _work(corpus, journal, jobs, functools.partial(make_answer, str(model), indirect=indirect))
            journal.finish(write)
        except OSError as error:
            raise OutputError(
                f"{out}: can't be written: {error.strerror or error}; "
                f"the {journal.done.rows:,} rows done are kept: run the same command again to go on"
            ) from None
        return journal.done


def _work(corpus: Corpus, journal: Journal, jobs: int, make: Callable[[], Answer]) -> None:
    rows = corpus.rows(skip=journal.done.rows)

    def read() -> float | None:
        return corpus.position / corpus.total if corpus.total else None

    with Workers(jobs, make) as workers, Progress("articles", fraction=read) as progress:
        for lines in workers.map(chunked(rows)):
            journal.append(lines)
            progress.add(len(lines))
