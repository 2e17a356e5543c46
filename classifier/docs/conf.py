"""How the documentation is built: ``make docs``, or ``sphinx-build -W classifier/docs classifier/docs/_build``.

Outputs of commands, help texts and the chart are made while it is built, so that they can't go stale.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the checkout's own code is what is documented

from classifier import __version__  # noqa: E402

# for the commands that the pages show: this Python, the model that ships, as wide as a page, without colours
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
os.environ.update(CLASSIFIER_MODEL=str(ROOT / "models" / "stance"), COLUMNS="96", NO_COLOR="1", PYTHONUTF8="1")

project = "Who said what"
author = "The sanctuary-stance authors"
version = release = __version__
html_title = f"Who said what, and on which side {version}"

extensions = [
    "matplotlib.sphinxext.plot_directive",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinxcontrib.programoutput",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_show_copyright = False

myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
plot_formats = [("png", 110)]
plot_html_show_formats = plot_html_show_source_link = False
plot_include_source = plot_apply_rcparams = True
plot_rcparams = {"savefig.bbox": "tight"}
plot_working_directory = tempfile.mkdtemp(prefix="tutorial-")  # the tutorial's code writes its chart there
Path(plot_working_directory, "seeds").symlink_to(ROOT / "seeds")
