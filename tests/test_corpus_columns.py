"""Parquet and saved data sets as input, Parquet as output, and what damage does."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from test_corpus import article, corpus, rows_of

from classifier.corpus.inputs import Corpus, find_sources
from classifier.corpus.tables import as_table, schema
from classifier.schema import STANCES

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def write_parquet(path: Path, count: int, *, first: int = 0, group: int = 5) -> Path:
    numbers = range(first, first + count)
    table = pa.table({"id": list(numbers), "text": [article(n) for n in numbers], "more": [None] * count})
    parquet.write_table(
        table, path, row_group_size=group, write_page_checksum=True, compression="none", use_dictionary=False
    )
    return path


def damage(path: Path, group: int) -> None:
    """Turn some bytes in the middle of a row group's texts."""
    column = parquet.ParquetFile(path).metadata.row_group(group).column(1)
    data = bytearray(path.read_bytes())
    middle = column.data_page_offset + column.total_compressed_size // 2
    data[middle : middle + 8] = b"\xff" * 8
    path.write_bytes(data)


def bare(value: Any) -> Any:
    """A Parquet row without its nulls: as the JSON has it."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if v is not None}
    return [bare(v) for v in value] if isinstance(value, list) else value


def test_parquet_out_holds_what_ndjson_out_holds(tmp_path: Path) -> None:
    source = write_parquet(tmp_path / "in.parquet", 7)
    assert corpus(source, tmp_path / "out.ndjson")[0] == 0
    assert corpus(source, tmp_path / "out.parquet")[0] == 0
    rows = rows_of(tmp_path / "out.ndjson")
    assert [row["id"] for row in rows] == list(range(7))
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [bare(row) for row in table] == [bare({**row, "id": str(row["id"])}) for row in rows]


def test_a_damaged_row_group_is_answered_by_an_error(tmp_path: Path) -> None:
    source = write_parquet(tmp_path / "in.parquet", 15)
    damage(source, 1)
    status, _ = corpus(source, tmp_path / "out.parquet")
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert status == 1
    assert [row["id"] for row in rows] == [*"01234", "in.parquet: row group 1", "10", "11", "12", "13", "14"]
    assert "rows 6 to 10 can't be read" in rows[5]["error"]
    assert rows[5]["quotes"] is None
    assert [len(row["quotes"]) for row in rows if not row["error"]] == [2] * 10


def test_bad_rows_and_files_are_answered_in_their_places(tmp_path: Path) -> None:
    broken = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.array([0, 2, 4], pa.int32()).buffers()[1], pa.py_buffer(b"\xff\xfeok")]
    )
    parquet.write_table(pa.table({"text": broken}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 not really")
    parquet.write_table(pa.table({"body": ["x"]}), tmp_path / "c.parquet")
    parquet.write_table(pa.table({"id": ["n", None], "text": [None, "x" * 50]}), tmp_path / "d.parquet")
    rows = list(Corpus(find_sources(tmp_path), max_bytes=20).rows())
    assert [row.id for row in rows] == [
        "a.parquet:1", "a.parquet:2", "b.parquet", "c.parquet", "n", "d.parquet:2",
    ]  # fmt: skip
    errors = [row.error or "" for row in rows]
    assert "byte at offset 0 is not utf-8" in errors[0]
    assert (errors[1], rows[1].text) == ("", "ok")
    assert "can't be read as Parquet" in errors[2]
    assert "found columns body, expected text" in errors[3]
    assert "found NoneType, expected text" in errors[4]
    assert "larger than 20 bytes" in errors[5]


def test_a_data_set_saved_by_datasets_is_read(tmp_path: Path) -> None:
    code = (
        "import sys; from datasets import Dataset;"
        "Dataset.from_dict({'id': ['x', 'y'], 'text': ['one', 'two']}).save_to_disk(sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "set")], check=True, capture_output=True)
    rows = list(Corpus(find_sources(tmp_path / "set")).rows())
    assert [(row.id, row.text) for row in rows] == [("x", "one"), ("y", "two")]


def test_half_a_surrogate_pair_can_be_stored() -> None:
    row = {"id": 1, "quotes": [], "speakers": [], "error": "\ud800"}
    table = as_table([json.dumps(row).encode()], schema(STANCES))
    assert table.to_pylist()[0]["error"] == "?"


@pytest.mark.slow
def test_a_cluster_gives_exactly_the_single_machines_rows(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    folder = tmp_path / "in"
    folder.mkdir()
    write_parquet(folder / "a.parquet", 30)
    write_parquet(folder / "b.parquet", 20, first=30)
    damage(folder / "b.parquet", 2)
    (folder / "c.parquet").write_bytes(b"PAR1 not really")
    assert corpus(folder, tmp_path / "single.parquet")[0] == 1
    command = [sys.executable, "-m", "classifier.distributed", "--workers", "2", "--model", "models/stance"]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [*command, str(folder), str(tmp_path / "many")], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "2 of 47 rows are errors" in done.stderr
    single = parquet.read_table(tmp_path / "single.parquet")
    many = parquet.read_table(tmp_path / "many", schema=single.schema)
    assert many.sort_by("id").to_pylist() == single.sort_by("id").to_pylist()
    again = subprocess.run(
        [*command, str(folder), str(tmp_path / "many")], cwd=root, capture_output=True, check=False
    )
    assert again.returncode == 2
    assert b"exists already" in again.stderr
