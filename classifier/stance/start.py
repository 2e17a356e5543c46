"""Opening a model for the first answer: each thing as soon as what it needs is there.

Whoever asks for one answer waits mostly for ONNX Runtime, to be imported and then to open the encoder. The hashes
are taken during the one, and everything else is imported and opened during the other.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from classifier.artifact import open_model
from classifier.background import Background

if TYPE_CHECKING:
    from classifier.stance.model import StanceModel


def start(folder: Path, *, threads: int = 0) -> StanceModel:
    """Return the model of ``folder``, verified, its encoder still being opened.

    Raises:
        ModelError: no model there, or a damaged one.
    """
    verifying = Background(lambda: open_model(folder))
    from classifier.stance.encoder import open_encoder  # noqa: PLC0415  numpy and ONNX Runtime

    verified = verifying.result()
    opening = Background(lambda: open_encoder(verified, threads=threads))
    from classifier.stance.model import StanceModel  # noqa: PLC0415

    return StanceModel(verified, threads=threads, encoder=opening.result)
