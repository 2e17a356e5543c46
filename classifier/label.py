"""New articles to labels: ``python -m classifier.label FILE...`` asks for the stance of each quotation."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from classifier import __version__
from classifier.commands import DONE, INTERRUPTED, SOME_FAILED, Parser, run, warn
from classifier.documents import matching, read_document
from classifier.errors import DocumentError, InputError
from classifier.labelling.exchange import FORMATS, export_tasks, import_labels
from classifier.labelling.keys import keys_of
from classifier.labelling.label_file import LabelFile
from classifier.labelling.scale import ANSWERS, scale_of
from classifier.labelling.session import Desk, Session
from classifier.labelling.show import Display, codebook_sections
from classifier.labelling.tasks import Guesses, Task, tasks_of
from classifier.limits import MAX_BYTES

if TYPE_CHECKING:
    from classifier.stance.model import StanceModel

EXAMPLES = """examples:
  python -m classifier.label seeds/003_18455e297df3303e.txt
  python -m classifier.label --suggest --out mine.jsonl seeds/*.txt
  python -m classifier.label --suggest --list seeds/*.txt > queue.jsonl
  python -m classifier.label --stances for,against,neither --codebook rules.md park.txt
  python -m classifier.label --export label-studio tasks.json seeds/*.txt
  python -m classifier.label --import label-studio annotated.json --out mine.jsonl
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = Parser(
        prog="python -m classifier.label",
        description="Label the quotations of articles, in the terminal or by way of Label Studio or Argilla.",
        examples=EXAMPLES,
    )
    parse.add_argument("files", nargs="*", metavar="FILE", help="articles: .txt, .md, or .html")
    parse.add_argument(
        "--out",
        type=Path,
        default=Path("labels.jsonl"),
        metavar="LABELS",
        help="where answers are added; what has one there isn't asked again (default: labels.jsonl)",
    )
    parse.add_argument("--stances", help="your own answers, with commas (default: the codebook's)")
    parse.add_argument("--codebook", type=Path, metavar="FILE", help="your own rules, shown on h")
    parse.add_argument("--annotator", default="A", help="who answers, kept with each label (default: A)")
    parse.add_argument("--suggest", action="store_true", help="first what the model would learn most from")
    parse.add_argument("--indirect", action="store_true", help="also statements reported without quotation marks")
    parse.add_argument("--again", action="store_true", help="also what has an answer, shown with it, to change it")
    form = parse.add_mutually_exclusive_group()
    form.add_argument("--list", action="store_true", help="ask nothing: print what would be asked, a line each")
    form.add_argument(
        "--export",
        nargs=2,
        metavar=("FORMAT", "OUT"),
        help=f"ask nothing: write it for another tool ({' or '.join(FORMATS)}), with the model's predictions",
    )
    form.add_argument(
        "--import", nargs=2, metavar=("FORMAT", "IN"), dest="take", help="add that tool's answers to --out"
    )
    parse.add_argument(
        "--model", metavar="DIR", help="model folder (default: $CLASSIFIER_MODEL, models/local, shipped)"
    )
    parse.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    parse.add_argument("--encoding", default="utf-8", help="of the files (default: utf-8)")
    parse.add_argument(
        "--max-bytes", type=int, default=MAX_BYTES, help="largest article read (default: %(default)s)"
    )
    parse.add_argument("--version", action="version", version=__version__)
    return parse


def _tasks(options: argparse.Namespace) -> tuple[list[Task], bool]:
    """Read the articles named; one that can't be read is told of and passed over, unless it is the only one."""
    tasks: dict[str, Task] = {}
    failed = False
    files = matching(options.files)
    for path in files:
        if path == "-":
            raise InputError("- is standard input, where the answers come from; expected articles as files")
        try:
            document = read_document(path, encoding=options.encoding, max_bytes=options.max_bytes)
        except DocumentError as error:
            if len(files) == 1:
                raise
            failed = True
            warn(f"error: {error}")
            continue
        found = tasks_of(document.name, document.text, document.data, indirect=options.indirect)
        tasks |= {task.id: task for task in found}  # the same article twice is asked about once
    return list(tasks.values()), failed


def _guesses(tasks: Sequence[Task], options: argparse.Namespace) -> Guesses:
    def opened() -> StanceModel:
        from classifier.stance.model import load  # noqa: PLC0415  numpy only where a guess is asked for

        return load(options.model)

    return Guesses(tasks, opened)


def _ask(tasks: Sequence[Task], labels: LabelFile, guesses: Guesses, options: argparse.Namespace) -> int:
    from classifier.render import screen  # noqa: PLC0415

    desk = Desk(
        display=Display(sys.stderr, screen(options.color, sys.stderr)),
        keys=keys_of(sys.stdin),
        scale=scale_of(options.stances.split(",") if options.stances else ANSWERS),
        codebook=codebook_sections(options.codebook),
        guess=guesses.of,
        annotator=options.annotator,
    )
    before, status = len(labels), DONE
    former = {task.id: labels.answer(task.id) for task in tasks}
    if before:
        warn(f"{labels.path}: {before} labelled before; {len(tasks)} to label")
    try:
        with desk.keys:
            Session(tasks, labels, desk).run()
    except KeyboardInterrupt:
        status = INTERRUPTED
    left = sum(task.id not in labels for task in tasks)
    changes = sum(bool(row) and labels.answer(name) is not row for name, row in former.items())
    changed = f", {changes} changed" if changes else ""
    then = "the same command goes on from here" if left else "--again goes through the answers"
    warn(f"\n{labels.path}: {len(labels) - before} added{changed}, {left} left; {then}")
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parse = parser()
    options = parse.parse_args(arguments)
    if options.take:
        import_labels(*options.take, labels=LabelFile(options.out), annotator=options.annotator, tell=warn)
        return DONE
    if not options.files:
        parse.error("no articles: name files, or --import FORMAT IN")
    labels = LabelFile(options.out)
    everything, failed = _tasks(options)
    tasks = [task for task in everything if options.again or task.id not in labels]
    guesses = _guesses(everything, options)
    if options.suggest:
        from classifier.labelling.suggest import suggested  # noqa: PLC0415

        tasks = suggested(tasks, guesses, labels.texts())
    status = DONE
    if options.list:
        for task in tasks:
            print(json.dumps(task.row, ensure_ascii=False))
    elif options.export:
        answers = tuple(options.stances.split(",")) if options.stances else ANSWERS
        export_tasks(*options.export, tasks=tasks, guess=guesses, answers=answers, tell=warn)
    elif tasks:
        status = _ask(tasks, labels, guesses, options)
    elif everything:
        found = f"{len(everything)} quotations found, all of them answered in {labels.path}"
        warn(f"nothing to label: {found}; --again goes through them")
    else:
        warn("nothing to label: no quotation found; --indirect adds statements without marks")
    return status or (SOME_FAILED if failed else DONE)


if __name__ == "__main__":
    sys.exit(run(main))
