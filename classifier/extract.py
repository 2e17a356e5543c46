"""Quotations and their speakers, without stances: ``python -m classifier.extract FILE...``.

Needs no model.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from classifier import __version__
from classifier.commands import DONE, SOME_FAILED, Parser, run, safe, warn
from classifier.documents import matching, read_article
from classifier.errors import DocumentError
from classifier.limits import MAX_BYTES
from classifier.pipeline import read_article_text
from classifier.schema import Article
from classifier.streams import Line, read_lines
from classifier.webpages import file_row

EXAMPLES = """examples:
  python -m classifier.extract seeds/003_18455e297df3303e.txt
  python -m classifier.extract --indirect --json seeds/*.txt
  python -m classifier.extract --ndjson < articles.ndjson > quotes.ndjson
"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    parse = Parser(
        prog="python -m classifier.extract",
        description="Find the quotations of news articles and who said them.",
        examples=EXAMPLES,
    )
    parse.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="articles: .txt, .md, or .html (main text; needs the extra html); - is stdin",
    )
    form = parse.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON array of articles")
    form.add_argument("--ndjson", action="store_true", help="a JSON object a line; without FILE also read so")
    parse.add_argument("--indirect", action="store_true", help="also statements reported without quotation marks")
    parse.add_argument("--encoding", default="utf-8", help="of the files (default: utf-8)")
    parse.add_argument(
        "--max-bytes", type=int, default=MAX_BYTES, help="largest article read (default: %(default)s)"
    )
    parse.add_argument("--version", action="version", version=__version__)
    return parse


def _articles(options: argparse.Namespace) -> Iterator[Article | Line]:
    """Read what was asked for; a :class:`Line` is an input that failed."""
    if options.ndjson and not options.files:
        for line in read_lines(sys.stdin.buffer, max_bytes=options.max_bytes):
            if line.error:
                yield line
            else:
                yield read_article_text(line.text, name=line.id, indirect=options.indirect)
        return
    files = matching(options.files)
    for path in files:
        try:
            text = read_article(path, encoding=options.encoding, max_bytes=options.max_bytes)
        except DocumentError as error:
            if len(files) == 1:
                raise
            yield Line(id=path, error=str(error))
            continue
        yield read_article_text(text, name=path, indirect=options.indirect)


def _show(article: Article) -> None:
    print(f"{safe(str(article.id))}: {len(article.quotations)} quotations")
    for quotation in article.quotations:
        who = quotation.speaker.name if quotation.speaker else "(unknown speaker)"
        print(f"  {safe(who)} [{quotation.kind}]: {safe(quotation.text)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parse = parser()
    options = parse.parse_args(arguments)
    if not options.files and not options.ndjson:
        parse.error("no articles: name files, or - for standard input, or --ndjson")
    failed = False
    rows = []
    for article in _articles(options):
        if isinstance(article, Line):
            failed = True
            row = {"id": article.id, "error": article.error}
            if not options.ndjson:
                warn(f"error: {article.error}")
                continue
        else:
            row = file_row(article) if options.files else article.as_json()
        if options.ndjson:
            print(json.dumps(row, ensure_ascii=False), flush=True)
        elif options.json:
            rows.append(row)
        elif isinstance(article, Article):
            _show(article)
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    return SOME_FAILED if failed else DONE


if __name__ == "__main__":
    sys.exit(run(main))
