"""The notebook of a first analysis, run as a reader runs it."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.filterwarnings("ignore")  # of the kernel's own start
def test_the_notebook_leads_from_articles_to_a_chart(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient", reason="the extra notebook is not installed")
    pytest.importorskip("ipykernel", reason="the extra notebook is not installed")
    import nbformat

    monkeypatch.setenv("CLASSIFIER_MODEL", str(root / "models" / "stance"))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    path = root / "seeds" / "first-analysis.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert len(notebook.cells) == 10
    assert not any(cell.get("outputs") for cell in notebook.cells)  # none go stale in the repository
    place = {"metadata": {"path": str(root)}}
    nbclient.NotebookClient(
        notebook, timeout=300, startup_timeout=300, kernel_name="python3", resources=place
    ).execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert "003_18455e297df3303e.txt" in code[0].outputs[0].data["text/plain"]
    assert "pro-sanctuary" in code[2].outputs[0].data["text/plain"]  # the table shows who speaks most, by stance
    kinds = [output.output_type for cell in code for output in cell.outputs]
    assert kinds == ["execute_result", "execute_result", "execute_result", "display_data", "execute_result"]
    assert code[3].outputs[0].data["image/png"]
    assert "pro-" in code[4].outputs[0].data["text/plain"]
