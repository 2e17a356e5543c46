"""Articles for the tests of the page: hostile text, spans that nest and overlap, every kind of answer."""

from __future__ import annotations

from classifier.schema import STANCES, Article, Prediction, Quotation, Span, Speaker, SpeakerStance

HOSTILE = (
    "Council <img src=x onerror=alert(1)> Votes\n"
    "\n"
    "“Stop </mark></p><script>alert(2)</script> now,” said Dana \"><b onmouseover='alert(3)'>Ruiz</b>.\r\n"
    "“See javascript:alert(4) and <a href='javascript:alert(5)'>this</a> &amp; it,” \u202eoga\u202c he added.\n"
    "The page ends here: </style></article></body> \x00 \x1b[31mred\x07 \ud800 nbsp\xa0kept.\n"
)
NESTED = (
    "Denver Council Debates Ordinance\n"
    "DENVER, Colo. (AP) — The mayor said the plan was “a promise to our neighbors” and would stand.\n"
    "November 17, 2016\n"
    "“We will not hold anyone without a warrant,” the mayor said, “and we never have.”\n"
    "“The first part of it.\n"
    "“And the second part,” the sheriff said. “Bread is at nine.” “Maybe.”\n"
)
QUIET = "Nothing was said.\n"


def _prediction(words: str, stance: str, share: float, reason: str | None = None) -> Prediction:
    rest = (1 - share) / 2
    shares = {label: share if label == stance else rest for label in STANCES}
    return Prediction(words, stance, shares, reason is not None, reason)


def _quotation(text: str, *parts: str, by: str | None, kind: str = "direct") -> Quotation:
    spans = tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)
    line = Span(text.rfind("\n", 0, spans[0].start) + 1, text.index("\n", spans[-1].end))
    speaker = Speaker(Span(0, 1), by, title="Mayor" if by == "Mike Vance" else None) if by else None
    certainty = 0.97 if by else 0.0
    return Quotation(" ".join(parts), kind, spans, line, speaker, None, "trailing" if by else "", certainty)  # type: ignore[arg-type]


def _article(name: str, text: str, rows: list[tuple[Quotation, Prediction]]) -> Article:
    names = dict.fromkeys(q.speaker.name for q, _ in rows if q.speaker)
    sides = []
    for who in names:
        own = [p for q, p in rows if q.speaker and q.speaker.name == who]
        sides.append(SpeakerStance(who, len(own), own[0].stance, own[0].probabilities))
    return Article(name, text, [q for q, _ in rows], [p for _, p in rows], sides)


def hostile() -> Article:
    """Markup, event handlers, a quotation that closes its tag, control characters, overrides, a surrogate."""
    name = "Dana \"><b onmouseover='alert(3)'>Ruiz</b> \u202eevil"
    rows = [
        (_quotation(HOSTILE, part, by=name), _prediction(part, "pro-enforcement", 0.9))
        for part in (
            "Stop </mark></p><script>alert(2)</script> now,",
            "See javascript:alert(4) and <a href='javascript:alert(5)'>this</a> &amp; it,",
        )
    ]
    return _article("<script>alert(6)</script>.txt", HOSTILE, rows)


def nested() -> Article:
    """One quotation inside another, one that overlaps it, a split one, one over two paragraphs; all answers."""
    mayor, sheriff = "Mike Vance", "Lou Hardy"
    inner, outer = "a promise to our neighbors", "the plan was “a promise to our neighbors” and would stand"
    unsure = "unsure: neutral is likeliest, but only at 40%"
    off = "off topic: probably not about immigration enforcement (99%)"
    return _article(
        "stories/denver.txt",
        NESTED,
        [
            (_quotation(NESTED, outer, by=mayor, kind="indirect"), _prediction(outer, "neutral", 0.7)),
            (_quotation(NESTED, inner, by=mayor, kind="mixed"), _prediction(inner, "pro-sanctuary", 0.8)),
            (
                _quotation(NESTED, "said the plan was “a promise", by=mayor, kind="indirect"),
                _prediction("said the plan was “a promise", "pro-enforcement", 0.6),
            ),
            (
                _quotation(NESTED, "We will not hold anyone without a warrant,", "and we never have.", by=mayor),
                _prediction("We will not", "pro-sanctuary", 0.95),
            ),
            (
                _quotation(NESTED, "The first part of it.\n“And the second part,", by=sheriff),
                _prediction("The first part", "pro-enforcement", 0.8),
            ),
            (_quotation(NESTED, "Bread is at nine.", by=sheriff), _prediction("Bread", "neutral", 0.9, off)),
            (_quotation(NESTED, "Maybe.", by=None), _prediction("Maybe.", "neutral", 0.4, unsure)),
        ],
    )


def quiet() -> Article:
    """An article without quotations."""
    return _article("quiet.txt", QUIET, [])
