"""A quotation in its article: the marked words, the label behind them, and the card with all that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from classifier.page.elements import Child, element, hidden_text
from classifier.page.marking import Note, Piece, Stretch
from classifier.page.story import Story
from classifier.page.wording import KINDS, Look, attribution
from classifier.schema import Prediction, Quotation, Span
from classifier.tally import NOBODY, plural

#: Longest context shown on a card, in code points on either side of the quoted words.
_AROUND = 400


def bar(shares: Sequence[tuple[str, float]]) -> Element:
    """Return a bar of ``(CSS class, share)``, each share between 0 and 1; decoration beside words and figures."""
    rows: list[Child] = []
    begun = 0.0
    for css, share in shares:
        rows.append(
            element("rect", class_=css, x=f"{100 * begun:.1f}", y="0", width=f"{100 * share:.1f}", height="10")
        )
        begun += share
    return element(
        "svg", *rows, class_="bar", viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true"
    )


def tag(look: Look, *more: Child) -> Element:
    """Return an answer's label: its sign, its name and ``more``."""
    sign = element("span", look.sign, class_="sign", aria_hidden="true")
    return element("span", sign, " ", look.answer, *more, class_=f"tag {look.css}")


def share(prediction: Prediction) -> str | None:
    """Return the probability of the answer given; ``None`` where none is."""
    return None if prediction.abstained else f" {prediction.probabilities[prediction.stance]:.0%}"


def _name(quotation: Quotation) -> Element:
    """The speaker with title and place."""
    speaker = quotation.speaker
    if speaker is None:
        return element("span", element("b", NOBODY.capitalize()), class_="who")
    about = ", ".join(part for part in (speaker.title, speaker.place) if part)
    return element(
        "span", element("b", element("bdi", speaker.name)), f" ({about})" if about else None, class_="who"
    )


def _verdict(prediction: Prediction) -> Element:
    if not prediction.abstained:
        words = f"{prediction.stance}, {prediction.probabilities[prediction.stance]:.0%} probable"
    else:
        words = f"Can’t tell: {prediction.reason or 'unsure'}"
    return element("span", words, class_="verdict")


def _shares(prediction: Prediction, looks: Mapping[str, Look]) -> Element:
    rows = [
        element(
            "span",
            element("span", label),
            bar([(looks[label].css, p)]),
            element("span", f"{p:.0%}", class_="number"),
            class_="share",
        )
        for label, p in prediction.probabilities.items()
    ]
    return element("span", *rows, class_="shares")


def _context(story: Story, quotation: Quotation) -> Element:
    """The sentence that carries the quotation, its own words in bold, cut where it is very long."""
    text = story.article.text
    first, last = quotation.parts[0].start, quotation.parts[-1].end
    start = max(0, min(quotation.context.start, first), first - _AROUND)
    end = min(max(quotation.context.end, last), last + _AROUND)
    children: list[Child] = ["…" if start > min(quotation.context.start, first) else None]
    at = start
    for part in quotation.parts:
        children += [text[at : part.start], element("b", part.of(text))]
        at = part.end
    children += [text[at:end], "…" if end < quotation.context.end else None]
    return element("span", element("span", "In its context: ", class_="what"), *children, class_="context")


def _company(story: Story, place: int) -> str | None:
    """Say that a quotation was judged together with others of its speaker."""
    voice = story.voice_of[place]
    others = len(voice.places) - 1
    if not voice.key or not others:
        return None
    return f" Judged together with {plural(others, 'other quotation')} of this speaker in the article."


def _card(story: Story, place: int) -> Element:
    quotation, prediction = story.article.quotations[place], story.predictions[place]
    name = quotation.speaker.name if quotation.speaker else NOBODY
    kind = KINDS.get(quotation.kind, quotation.kind)
    only = element(
        "button", "Only this speaker", type="button", class_="only", data_only=story.speaker_number(quotation)
    )
    return element(
        "span",
        _name(quotation),
        _verdict(prediction),
        _shares(prediction, story.looks),
        _context(story, quotation) if quotation.parts else None,
        element("span", f"{kind}. {attribution(quotation)}", _company(story, place), class_="why"),
        element("span", only, element("button", "Close", type="button", class_="close"), class_="buttons"),
        class_=f"card {story.look(place).css}",
        id=f"card{story.key(place)}",
        role="group",
        aria_label=f"{name}: about this quotation",
        hidden=True,
    )


def note(story: Story, place: int) -> Element:
    """Return the label behind a quotation, a button that opens its card."""
    quotation, prediction, look = story.article.quotations[place], story.predictions[place], story.look(place)
    key = story.key(place)
    name = quotation.speaker.name if quotation.speaker else NOBODY
    chip = element(
        "button",
        element("span", f"[{place + 1}] ", class_="printed", aria_hidden="true"),
        element("span", look.sign, class_="sign", aria_hidden="true"),
        " ",
        look.answer,
        share(prediction),
        hidden_text(f", {name}"),
        type="button",
        class_=f"chip {look.css}",
        aria_expanded="false",
        aria_controls=f"card{key}",
    )
    return element(
        "span",
        chip,
        _card(story, place),
        class_="note",
        id=f"q{key}",
        data_q=key,
        data_answer=look.css,
        data_speaker=story.speaker_number(quotation),
    )


def _stretch(story: Story, piece: Stretch) -> Child:
    words = Span(piece.start, piece.end).of(story.article.text)
    if not piece.quotations:
        return words
    look = story.look(piece.quotations[0])
    return element("mark", words, class_=look.css, data_q=" ".join(map(story.key, piece.quotations)))


def inline(story: Story, pieces: Sequence[Piece]) -> list[Child]:
    """Return the content of one paragraph."""
    return [
        note(story, piece.quotation) if isinstance(piece, Note) else _stretch(story, piece) for piece in pieces
    ]
