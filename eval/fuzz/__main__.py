"""Coverage-guided fuzzing: ``python -m eval.fuzz TARGET --seconds 600``; needs ``pip install '.[fuzz]'``.

Anything but an answer or one of the project's own errors stops the run with a status other than 0, and the
input that did it is left in a file that libFuzzer names (``crash-…``).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

TARGETS = ("extraction", "documents", "labels", "lines", "model")


def main() -> None:
    """Fuzz one target; libFuzzer ends the process."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path, help="folder of inputs to begin with and to add to")
    options = parser.parse_args()
    import atheris  # noqa: PLC0415  only the fuzz extra has it

    with atheris.instrument_imports(include=["classifier"], enable_loader_override=False):
        from eval.fuzz import targets  # noqa: PLC0415  instrumented as it is imported

    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words"
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in targets.WORDS), "ascii")
        arguments = [sys.argv[0], f"-max_total_time={options.seconds}", f"-dict={words}", "-max_len=4096"]
        examples = Path(folder) / "examples"
        examples.mkdir()
        for number, example in enumerate(targets.EXAMPLES[options.target]):
            (examples / str(number)).write_bytes(example)
        arguments += [str(options.corpus or examples), str(examples)]  # what is found goes into the first
        atheris.Setup(arguments, targets.guarded(targets.TARGETS[options.target]))
        atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
