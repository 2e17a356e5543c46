"""Time against length on texts made to be hard: twice the text takes at most 2.2 times as long.

    python -m eval.benchmarks.linear [--megabytes 0.5] [--rounds 5] [--indirect]

Each text is a piece repeated. A size and its double are read in turns, the best of the rounds counts, and time
is the processor's, so that whatever else the machine does disturbs little. Exit status 1 where a ratio is above.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time

from classifier.quotes import extract_quotes

#: The largest ratio for twice the text.
LIMIT = 2.2

#: Texts made to be hard, each from a piece that is repeated.
HOSTILE: dict[str, str] = {
    "quotation marks": '"',
    "opening marks": "“",
    "pairs of marks": "“”",
    "nested marks": "“a ",
    "one letter between marks": "“a” ",
    "apostrophes": "' ",
    "single marks": "'a' ",
    "one letter": "a",
    "one endless line": "NAME told her that it was so, ",
    "one line of quotations": "He said “it is so” and went on, ",
    "clause after clause": "“We go,” said Ann Lee. ",
    "pronouns that reach back": "“We go,” she said.\n\n",
    "an office that nobody holds": "“We go,” the mayor said. ",
    "one surname, many people": "Ann Lee and Bob Lee met. “We go,” Lee said. ",
    "never closed": "“We go on\n\n",
    "new lines": "\n",
}


def doubling(piece: str, size: int, *, rounds: int, indirect: bool) -> tuple[float, float]:
    """Seconds for a text of about ``size`` code points and for its double, the best of the rounds."""
    times = max(1, size // len(piece))
    texts = [piece * times, piece * (2 * times)]
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for index, text in enumerate(texts):
            gc.collect()
            gc.disable()  # as timeit does: the collector's turns depend on what else the process holds
            begun = time.process_time()
            extract_quotes(text, indirect=indirect)
            best[index] = min(best[index], time.process_time() - begun)
            gc.enable()
    return best[0], best[1]


def main() -> int:
    """Print a line for each text and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=0.5, help="size of the texts before doubling")
    parser.add_argument("--rounds", type=int, default=5, help="readings of each size")
    parser.add_argument("--indirect", action="store_true", help="also indirect speech")
    args = parser.parse_args()
    size = int(args.megabytes * 1_000_000)
    print(f"{'text':28} {'seconds':>8} {'doubled':>8} {'ratio':>6} {'characters a second':>20}")
    above = 0
    for name, piece in HOSTILE.items():
        once, twice = doubling(piece, size, rounds=args.rounds, indirect=args.indirect)
        above += twice / once > LIMIT
        mark = "  above" if twice / once > LIMIT else ""
        print(f"{name:28} {once:8.3f} {twice:8.3f} {twice / once:6.2f} {2 * size / twice:20,.0f}{mark}")
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main())
