"""Corpora on many machines, by Ray Data: ``python -m classifier.distributed IN OUT``.

The same rows as ``python -m classifier.corpus`` gives, by the same functions: each task reads one row group
of a Parquet file, and each worker opens the model once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from classifier.artifact import default_model, open_model
from classifier.commands import DONE, SOME_FAILED, Parser, run, warn
from classifier.cores import available_cores
from classifier.corpus.columns import MissingPackageError, import_pyarrow, row_group, unreadable
from classifier.corpus.inputs import CHUNK_ROWS, MAX_ARTICLE
from classifier.corpus.run import make_answer
from classifier.corpus.tables import as_table, schema
from classifier.errors import DocumentError, OutputError
from classifier.schema import OFF_TOPIC
from classifier.streams import Line

#: Processor cores that reading or writing a block takes: every core has room for both beside its model.
SIDE_WORK: Final = 0.1
#: Tasks that the input is read by; each holds one or more row groups.
MOST_BLOCKS: Final = 2000

EXAMPLES = """examples:
  python -m classifier.distributed --workers 2 articles/ stances/
  python -m classifier.distributed --address auto --model /shared/model s3://bucket/articles s3://bucket/stances

IN and OUT are folders of Parquet files that every machine can reach: a shared disk, or s3:// or gs:// addresses.
The package and the model must be on every machine.
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = Parser(
        prog="python -m classifier.distributed",
        description="Read a whole corpus of articles on a Ray cluster.",
        examples=EXAMPLES,
    )
    parse.add_argument("source", metavar="IN", help="Parquet file or folder, with text and, optionally, id")
    parse.add_argument("out", metavar="OUT", help="folder for Parquet files; must be empty or new")
    parse.add_argument("--address", help='the cluster, "auto" or ray://HOST:10001 (default: this machine)')
    parse.add_argument("--workers", type=int, default=0, help="model copies, one a core (default: all cores)")
    parse.add_argument("--indirect", action="store_true", help="also statements reported without quotation marks")
    parse.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: as for predict)")
    parse.add_argument(
        "--max-bytes", type=int, default=MAX_ARTICLE, help="largest article read (default: %(default)s)"
    )
    return parse


def import_ray() -> Any:
    """Return ``ray``, with ``ray.data``.

    Raises:
        MissingPackageError: it is not installed.
    """
    try:
        import ray  # noqa: PLC0415
        import ray.data  # noqa: PLC0415
    except ImportError:
        how = "in the project's folder: pip install '.[distributed]'"
        raise MissingPackageError(f"Ray isn't installed; {how}") from None
    return ray


def _file_system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    from pyarrow import fs  # noqa: PLC0415

    if "://" in address:
        found: tuple[Any, str] = fs.FileSystem.from_uri(address)
        return found
    return fs.LocalFileSystem(), str(Path(address).resolve())


def parquet_files(address: str) -> list[tuple[str, str]]:
    """Return the Parquet files at ``address``, each with its name inside it, in the order of their names.

    Raises:
        DocumentError: there are none.
    """
    import_pyarrow()
    from pyarrow import fs  # noqa: PLC0415

    system, path = _file_system(address)
    info = system.get_file_info(path)
    if info.type == fs.FileType.File:
        return [(path, info.base_name)]
    listed = system.get_file_info(fs.FileSelector(path, recursive=True, allow_not_found=True))
    names = [item.path for item in listed if item.is_file and item.path.endswith(".parquet")]
    inside = [(name, name.removeprefix(path).lstrip("/")) for name in names]
    found = [pair for pair in inside if not any(part.startswith(".") for part in pair[1].split("/"))]
    if not found:
        raise DocumentError(f"{address}: no Parquet files there; expected a file or folder of them")
    return sorted(found, key=lambda pair: pair[1].split("/"))


def pieces(address: str, files: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return what one task reads each: a row group (-1: a file that can't be opened), in order."""
    pyarrow = import_pyarrow()
    system, _ = _file_system(address)
    found: list[dict[str, Any]] = []
    for path, name in files:
        piece = {"address": address, "path": path, "name": name, "prefix": f"{name}:" if len(files) > 1 else ""}
        try:
            with system.open_input_file(path) as opened:
                meta = pyarrow.parquet.ParquetFile(opened).metadata
        except (pyarrow.ArrowException, OSError):
            found.append({**piece, "group": -1, "first": 1})
            continue
        groups = meta.num_row_groups
        if "text" not in meta.schema.to_arrow_schema().names:  # one row says so for the whole file
            groups = min(1, groups)
        first = 1
        for group in range(groups):
            found.append({**piece, "group": group, "first": first})
            first += meta.row_group(group).num_rows
    return found


def read_piece(piece: dict[str, Any], *, max_bytes: int) -> Iterator[dict[str, Any]]:
    """Read the rows of one piece, as :func:`classifier.corpus.columns.parquet_rows` does."""
    for row in _piece_rows(piece, max_bytes):
        yield {"id": json.dumps(row.id), "text": row.text, "error": row.error or ""}


def _piece_rows(piece: dict[str, Any], max_bytes: int) -> Iterator[Line]:
    pyarrow = import_pyarrow()
    system, _ = _file_system(piece["address"])
    name, group = piece["name"], piece["group"]
    try:
        with (
            system.open_input_file(piece["path"]) as opened,
            pyarrow.parquet.ParquetFile(opened, page_checksum_verification=True) as file,
        ):
            yield from row_group(file, group, name, piece["prefix"], first=piece["first"], max_bytes=max_bytes)
    except (pyarrow.ArrowException, OSError) as error:
        yield unreadable(name, error)


class Judge:
    """Answers batches of rows; Ray makes one a worker, which opens the model once."""

    def __init__(self, model: str, indirect: bool, stances: Sequence[str]) -> None:
        self._answer = make_answer(model, indirect=indirect)
        self._schema = schema(stances)

    def __call__(self, batch: Any) -> Any:
        """Answer an Arrow table of ``id`` (JSON), ``text``, ``error`` by one of the output's schema."""
        rows = [Line(json.loads(row["id"]), row["text"], error=row["error"] or None) for row in batch.to_pylist()]
        return as_table(self._answer(rows), self._schema)


def run_distributed(
    source: str,
    out: str,
    *,
    model: Path,
    workers: int = 0,
    indirect: bool = False,
    max_bytes: int = MAX_ARTICLE,
) -> tuple[int, int]:
    """Read the Parquet files at ``source`` on the Ray cluster that is connected, and write Parquet to ``out``.

    Returns:
        How many rows the output has, and how many of them are errors.

    Raises:
        DocumentError: no input.
        OutputError: ``out`` holds files already.
        ModelError: no model, or a damaged one.
    """
    ray = import_ray()
    folder = open_model(model)
    stances = [label for label in folder.manifest["classes"] if label != OFF_TOPIC]
    files = parquet_files(source)
    _refuse_existing(out)
    count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    work = pieces(source, files)
    rows = ray.data.from_items(work, override_num_blocks=min(len(work), MOST_BLOCKS)).flat_map(
        lambda piece: read_piece(piece, max_bytes=max_bytes), num_cpus=SIDE_WORK
    )
    answers = rows.map_batches(
        Judge,
        fn_constructor_args=(str(model.resolve()), indirect, stances),
        batch_size=CHUNK_ROWS,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=count),
        num_cpus=1 - 2 * SIDE_WORK,
    )
    answers.write_parquet(
        out if "://" in out else str(Path(out).resolve()), ray_remote_args={"num_cpus": SIDE_WORK}
    )
    return _count(out)


def _refuse_existing(out: str) -> None:
    from pyarrow import fs  # noqa: PLC0415

    system, path = _file_system(out)
    if system.get_file_info(path).type == fs.FileType.File or system.get_file_info(
        fs.FileSelector(path, allow_not_found=True)
    ):
        raise OutputError(f"{out} exists already; name another folder, or empty it")


def _count(out: str) -> tuple[int, int]:
    from pyarrow import dataset  # noqa: PLC0415

    system, path = _file_system(out)
    written = dataset.dataset(path, filesystem=system, format="parquet")
    return written.count_rows(), written.count_rows(filter=dataset.field("error").is_valid())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = parser().parse_args(arguments)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would report to its makers
    ray = import_ray()
    if options.address:
        ray.init(address=options.address)
    else:
        ray.init(num_cpus=options.workers or available_cores(), include_dashboard=False)
    rows, failed = run_distributed(
        options.source,
        options.out,
        model=options.model or default_model(),
        workers=options.workers,
        indirect=options.indirect,
        max_bytes=options.max_bytes,
    )
    if failed:
        warn(f"{failed:,} of {rows:,} rows are errors; their field error says why")
    return SOME_FAILED if failed else DONE


if __name__ == "__main__":
    sys.exit(run(main))
