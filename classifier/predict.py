"""The stance of a quotation, or of every quotation of an article: ``python -m classifier.predict``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier import __version__
from classifier.commands import DONE, SOME_FAILED, Parser, run, warn
from classifier.errors import DocumentError, InputError
from classifier.limits import MAX_BYTES

if TYPE_CHECKING:
    from classifier.schema import Article, Prediction
    from classifier.stance.model import StanceModel

EXAMPLES = """examples:
  python -m classifier.predict "We will not hold anyone for ICE without a warrant."
  python -m classifier.predict --context "He called the ruling a disgrace to the country." "a disgrace"
  python -m classifier.predict --explain "The raids have to end, and they have to end now."
  python -m classifier.predict --article seeds/002_4568191ad18858cd.txt
  python -m classifier.predict --article seeds/*.txt --html page.html
  python -m classifier.predict --article --json seeds/*.txt
  python -m classifier.predict --csv quotes.csv > answered.csv
  python -m classifier.predict --ndjson < quotes.ndjson > stances.ndjson

A sheet of quotations has them in a column "text" and, where there is one, their sentences in "context".
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = Parser(
        prog="python -m classifier.predict",
        description="Say which side a quotation takes on sanctuary cities and immigration enforcement.",
        examples=EXAMPLES,
    )
    parse.add_argument(
        "inputs",
        nargs="*",
        metavar="TEXT|FILE",
        help="a quotation; with --article: .txt, .md or .html files, - is stdin",
    )
    parse.add_argument("--article", action="store_true", help="read whole articles: quotations, speakers, stances")
    parse.add_argument("--context", help="the sentence in which the quotation stands")
    form = parse.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON: one object, or an array of articles")
    form.add_argument(
        "--ndjson", action="store_true", help="a JSON object a line; without TEXT or FILE also read so"
    )
    form.add_argument(
        "--csv", action="store_true", help="a row a quotation; of a sheet (a .csv FILE, or stdin) its rows"
    )
    form.add_argument(
        "--html", metavar="OUT", help="with --article: a page of the articles, marked up; - is standard output"
    )
    parse.add_argument(
        "--explain",
        action="store_true",
        help="say why: what spoke for it, the words that weighed most, the nearest labelled quotations",
    )
    parse.add_argument("--indirect", action="store_true", help="also statements reported without quotation marks")
    parse.add_argument(
        "--model", metavar="DIR", help="model folder (default: $CLASSIFIER_MODEL, models/local, shipped)"
    )
    parse.add_argument("--threads", type=int, default=0, help="processor threads (default: all)")
    parse.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    parse.add_argument("--encoding", default="utf-8", help="of the files (default: utf-8)")
    parse.add_argument(
        "--max-bytes", type=int, default=MAX_BYTES, help="largest article read (default: %(default)s)"
    )
    parse.add_argument("--version", action="store_true", help="print the package's and the model's version")
    return parse


def _articles(model: StanceModel, options: argparse.Namespace) -> tuple[list[Article], bool]:
    """Read the files named; one that can't be read is told of and passed over, unless it is the only one."""
    from classifier.documents import matching, read_article  # noqa: PLC0415
    from classifier.pipeline import read_articles  # noqa: PLC0415

    texts = []
    failed = False
    files = matching(options.inputs)
    for path in files:
        try:
            texts.append((path, read_article(path, encoding=options.encoding, max_bytes=options.max_bytes)))
        except DocumentError as error:
            if len(files) == 1:
                raise
            failed = True
            warn(f"error: {error}")
    articles = read_articles(texts, model=model, indirect=options.indirect)
    if options.explain:
        from classifier.stance.explain import explain_article  # noqa: PLC0415

        articles = [explain_article(model, article) for article in articles]
    return articles, failed


def _show_articles(articles: Sequence[Article], options: argparse.Namespace, model: StanceModel) -> None:
    if options.html is not None:
        from classifier.page import article_page  # noqa: PLC0415
        from classifier.page.file import write_page  # noqa: PLC0415

        made_by = f"sanctuary-stance {__version__}, model {model.folder.digest[:12]}"
        write_page(article_page(articles, made_by=made_by), options.html)
    elif options.json or options.ndjson:
        from classifier.webpages import file_row  # noqa: PLC0415

        if options.json:
            print(_json([file_row(article) for article in articles], indent=1))
        else:
            _show_rows(map(file_row, articles))
    elif options.csv:
        from classifier.sheets import article_rows, sheet_writer  # noqa: PLC0415

        sheet_writer(sys.stdout).writerows(article_rows(articles))
    else:
        from classifier.render import article_text, screen  # noqa: PLC0415

        on = screen(options.color, sys.stdout)
        print("\n\n\n".join(article_text(article, on) for article in articles))


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _json(value: object, *, indent: int | None = None) -> str:
    import json  # noqa: PLC0415  --help needs none

    return json.dumps(value, ensure_ascii=False, indent=indent)


def _show_rows(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        print(_json(row))
    sys.stdout.flush()


def _one(model: StanceModel, options: argparse.Namespace) -> None:
    text = " ".join(options.inputs)
    if not text.strip():
        raise InputError('the text is empty; expected the words of a quotation, as in: predict "We will not …"')
    if _is_file(text):
        warn(f"note: {text} is a file, but its name was judged as a quotation; to read the file, add --article")
    show = _answers_as(options)  # what it needs is imported while the encoder is being opened
    prediction = model.predict([text], [options.context])[0]
    if options.explain:
        from dataclasses import replace  # noqa: PLC0415

        from classifier.stance.explain import explain  # noqa: PLC0415

        prediction = replace(prediction, explanation=explain(model, text, options.context))
    show(prediction)


def _answers_as(options: argparse.Namespace) -> Callable[[Prediction], object]:
    """Return what prints a prediction as the options want it."""
    if options.json or options.ndjson:
        return lambda prediction: print(_json(prediction.as_json()))
    if options.csv:
        from classifier.sheets import prediction_rows, sheet_writer  # noqa: PLC0415

        return lambda prediction: sheet_writer(sys.stdout).writerows(prediction_rows(prediction))
    from classifier.render import prediction_text, screen  # noqa: PLC0415

    return lambda prediction: print(prediction_text(prediction, screen(options.color, sys.stdout)))


def _is_sheet(options: argparse.Namespace) -> bool:
    named = [name.lower().endswith((".csv", ".tsv")) for name in options.inputs]
    return options.csv and not options.article and named in ([], [True])


def _check(options: argparse.Namespace, parse: argparse.ArgumentParser) -> None:
    """End the command with a usage error where the options give it nothing to judge."""
    sheet = _is_sheet(options)
    if (options.inputs and not sheet) or options.version:
        return
    if not options.ndjson and (not sheet or (not options.inputs and sys.stdin.isatty())):
        what = "files, or - for standard input" if options.article else "a quotation in quotation marks"
        parse.error(f"nothing to judge: expected {what}, or --ndjson, or a sheet of quotations: --csv SHEET.csv")
    if options.explain:
        parse.error("--explain explains a TEXT or articles, no stream and no sheet; leave it out")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parse = parser()
    options = parse.parse_args(arguments)
    _check(options, parse)
    if options.html is not None:
        from classifier.page.file import check_target  # noqa: PLC0415

        if not options.article:
            parse.error("--html shows whole articles; add --article, as in: --article FILE --html page.html")
        check_target(options.html)
    from classifier.artifact import default_model  # noqa: PLC0415  --help needs none
    from classifier.stance.start import start  # noqa: PLC0415

    folder = Path(options.model) if options.model is not None else default_model()
    model = start(folder, threads=options.threads)
    if options.version:
        print(f"sanctuary-stance {__version__}, model {model.folder.root} ({model.folder.digest[:12]})")
        return DONE
    if options.ndjson and not options.inputs:
        from classifier.answers import answer_stream  # noqa: PLC0415

        failed = answer_stream(
            sys.stdin.buffer,
            model=model,
            articles=options.article,
            indirect=options.indirect,
            max_bytes=options.max_bytes,
            show=_show_rows,
        )
        return SOME_FAILED if failed else DONE
    if _is_sheet(options):
        from classifier.sheets import answer_sheet  # noqa: PLC0415

        with Path(options.inputs[0]).open("rb") if options.inputs else sys.stdin.buffer as sheet:
            failed = answer_sheet(
                sheet, sys.stdout, model=model, encoding=options.encoding, max_bytes=options.max_bytes
            )
        return SOME_FAILED if failed else DONE
    if not options.article:
        _one(model, options)
        return DONE
    articles, failed = _articles(model, options)
    _show_articles(articles, options, model)
    return SOME_FAILED if failed else DONE


if __name__ == "__main__":
    sys.exit(run(main))
