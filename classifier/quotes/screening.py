"""Is it a quotation at all? Titles, nicknames, terms and scare quotes, each with its reason.

Evidence for a quotation: a reporting cue that governs the stretch, length, the punctuation of speech.
Evidence against: capitals throughout, a word such as "so-called" or "the film" before the mark, a
single word or two with nobody in the sentence to say them.
"""

# A rule answers as soon as it knows.
# ruff: noqa: PLR0911, PLR0912, SIM905, E501
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .attribution import Finding, Place, verb_class
from .governing import governed, taken_up
from .words import PUBLISHERS, WORKS

if TYPE_CHECKING:
    from .marks import Stretch

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_SMALL = frozenset(
    "a an the of for and in at from to by on with or as but nor vs v is it its up into over off out de la el los las del y e du le les et von und der die das".split()
)
#: Words that hold a term at arm's length, whoever speaks in the sentence.
_TERM_BEFORE = re.compile(
    r"\b(?:so-called|alleged|supposed|purported|(?:also|better|commonly|popularly|widely|formally|officially)\s+known\s+as|nicknamed|"
    r"a\.?k\.?a\.?|codenamed|code-named|self-styled|under\s+the\s+name|the\s+title\s+of|"
    r"(?:otherwise|colloquially|informally|locally|variously|jokingly)\s+(?:known|referred\s+to)\s+as|"
    r"what(?:\s+(?:is|are|was|were)|[’']s|\s+has\s+(?:been|become))\s+(?:\w+\s+)?(?:called|known\s+as|termed|dubbed|referred\s+to\s+as)|"
    r"proverbial|quote-unquote|ostensible|putative|would-be|soi-disant|"
    r"(?:by|under)\s+the\s+(?:name|pseudonym|pen\s+name|alias|handle|screen\s+name|stage\s+name)(?:\s+of)?|"
    r"(?:disguised|masquerad(?:es?|ed|ing)|pos(?:es?|ed|ing)|pass(?:es|ed|ing)\s+(?:itself|themselves|himself|herself)?\s*off)\s+as|"
    r"under\s+the\s+(?:guise|banner|rubric|heading)\s+of)\s*(?:an?|the)?\s*$",
    re.I,
)
#: Words that introduce a term where the sentence has no reporting cue.
_NAMED_BEFORE = re.compile(
    r"\b(?:known\s+as|also\s+called|the\s+(?:word|words|term|phrase|name|label|hashtag|acronym|nickname)|"
    r"(?:is|are|was|were|been|being|sometimes|often|commonly)\s+(?:called|termed|labeled|labelled|dubbed|named))"
    r"\s*(?:an?|the)?\s*$",
    re.I,
)
_USED_BEFORE = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|choice|repetition|utter(?:s|ed|ing)?)\s+(?:of\s+)?the\s+\w+\s+$", re.I
)
#: Latin for “…”: what foreign or short words mean, however long.
_GLOSS_BEFORE = re.compile(
    r"\b(?:(?:Latin|Greek|Spanish|French|German|Italian|Portuguese|Arabic|Hebrew|Yiddish|Farsi|Persian|Turkish|Russian|Chinese|"
    r"Mandarin|Cantonese|Japanese|Korean|Hindi|Urdu|Somali|Creole|Swahili|Gaelic|Hawaiian|Navajo|Nahuatl|Tagalog)\s+"
    r"(?:(?:word|phrase|term|slang|expression)\s+)?for|short(?:hand)?\s+for|stands\s+for|abbreviation\s+(?:for|of)|acronym\s+for|"
    r"translat(?:es?|ed|ing)\s+(?:\w+ly\s+)?(?:to|as|into)),?\s*$",
)
#: In legal parlance, …
_JARGON_BEFORE = re.compile(
    r"\bin\s+(?:[\w’'-]+\s+){0,2}(?:parlance|jargon|lingo|slang|argot|terminology|shorthand|vernacular|nomenclature)\b",
    re.I,
)
#: A headline as letters to the editor cite it: (“…,” Opinion, March 3).
_CITED_AFTER = re.compile(
    r"[”\"’']?,?\s+(?:[A-Z][\w.&’']*\s?){1,5},\s+(?:[Pp]age|[A-Z]\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec))"
)
#: The articles' own subject, which every side puts in marks.
_TOPIC = re.compile(
    r"sanctuary(?:\s+(?:cit(?:y|ies)|states?|count(?:y|ies)|jurisdictions?|campus(?:es)?|polic(?:y|ies)|laws?))?",
    re.I,
)
_WORD_ITSELF = re.compile(r"\bthe\s+(?:words?|terms?|phrase|name|label|hashtag)\s+$", re.I)
_KNOWN_BEFORE = re.compile(r"\b(?:known\s+as|goes\s+by|went\s+by)\s+(?:an?|the)?\s*$", re.I)
#: The name of a law or a card, whoever calls it so.
_ENACTED = re.compile(r"\b(?:Act|Law|Bill|Amendment|Card|Order|Initiative|Program|Project)[,.]?$")
_TITLE_BEFORE = re.compile(
    r"\b(?:titled|entitled|authors?\s+of|hosts?\s+of|co-host\s+of|editor\s+of|star\s+of|stars\s+(?:in|of)|starred\s+in|"
    r"starring\s+in|episode\s+of|edition\s+of|version\s+of|performance\s+of|sang|sing|singing|"
    r"co-authors?\s+of|writers?\s+of|creators?\s+of|directors?\s+of|producers?\s+of|narrators?\s+of|anchors?\s+of|contestants?\s+on|"
    r"guests?\s+on|regulars?\s+on|appear(?:ed|s|ing|ances?)\s+on|aired\s+on|premiered\s+on|segment\s+(?:on|of)|premiere\s+of|"
    r"finale\s+of|seasons?\s+of|reruns?\s+of|remake\s+of|sequel\s+to|cop(?:y|ies)\s+of|rendition\s+of|recording\s+of|strains\s+of|"
    r"production\s+of|staging\s+of|revival\s+of|reading\s+of|chorus\s+of|verses?\s+of|pages\s+of|opening\s+credits\s+of|"
    r"co-?hosts|co-?hosted|co-?starred\s+in|directed|co-wrote|co-authored|headlined|subtitled|retitled|hummed|hums|"
    r"cover\s+of|lyrics\s+(?:of|to)|tune\s+of|set\s+of|cast\s+of|screening\s+of|adaptation\s+of|called|named|"
    r"(?:tv|television|radio|news|talk|cable|morning|sunday|netflix|broadway|hbo|hit)\s+\w+)\s*,?\s*$",
    re.I,
)
_ON_AIR = re.compile(
    r"\b(?:on|to|of|for|in|watch|watched|watching|from|with)\s+(?:the\s+)?(?:[\w.]+[’']s?\s+)?$", re.I
)
_SIGN_BEFORE = re.compile(
    r"\b(?:hats?|shirts?|t-shirts?|caps?|buttons?|stickers?|signs?|banners?|a|an|his|her|their|its|the|wearing)\s+$",
    re.I,
)
_SIGN_AFTER = re.compile(
    r"\s*(?:hats?|shirts?|t-shirts?|caps?|buttons?|stickers?|signs?|banners?|pins?|placards?|posters?|flags?|mugs?|hoodies?|"
    r"jerseys?|tees?|tour|bus|pageant|campaign|podcast|show|movie|film|album|program|programme|series|feature|website|column|"
    r"initiative|project|franchise|sitcom|trilogy|musical|spinoff|spin-off|sequel|soundtrack|newsletter|magazine|blog|"
    r"exhibit|exhibition|festival|summit|conference|award|prize|trophy|co-?hosts?|anchor|broadcast|episode|segment)\b",
    re.I,
)
#: "sanctuary," an exemption from law: the reporter explains the term.
_DEFINED = re.compile(
    r"(?:,[”\"’']|[”\"’'],?)\s+(?:(?:or|meaning|that is|i\.e\.)\s|an?\s+(?!\w+\s+\w+ed\b)[\w-]+\s+(?:of|from|for|that|which|to)\b)"
)
#: Words people shout or print: capitals are no sign of a title.
_SLOGAN_BEFORE = re.compile(
    r"\b(?:(?:slogans?|chants?|mottos?|mantra|refrain|words|question|cr(?:y|ies)|rallying|reads?|reading|chanted|chanting|shouts?|"
    r"shouted|shouting|yelled|yelling|screamed|screaming|tagline|catchphrase|message|emblazoned\s+with|promise|pledge)(?:\s+of)?|"
    r"(?:vow(?:s|ed|ing)?|pledg(?:es?|ed|ing)|promis(?:es?|ed|ing)|campaign|plans?|calls?|efforts?|bid|fight|drive|push|wants?|"
    r"wanted|need|try|trying|going|how|help|helping|is|was)\s+to)\s*,?\s*$",
    re.I,
)
_CARRIES = frozenset(",’'.:(=")
_AS_A = re.compile(r"\bas\s+an?\s+$", re.I)
#: A noun of speech right behind the marks: NAME's “…” comment.
_SPEECH_AFTER = re.compile(
    r"\s*(?:comments?|remarks?|lines?|moniker|label|jibes?|quips?|claims?|insults?|rhetoric|speech|pledges?|promises?|"
    r"mantra|motto|chants?|attacks?|arguments?|messages?|refrain|taunts?|jokes?|warnings?|defense|accusations?|tweets?|posts?|"
    r"statements?|zingers?|slurs?|epithets?|outbursts?|rants?|tirades?|answers?|responses?|repl(?:y|ies)|cracks?|digs?|jabs?|barbs?|"
    r"gaffes?|stance|wording|tone|excuses?|reasoning|assertions?|criticisms?|critiques?|assessments?|characterizations?|descriptions?|predictions?|"
    r"theor(?:y|ies)|vows?|threats?|pleas?|catchphrases?|taglines?|slogans?|cr(?:y|ies)|analog(?:y|ies)|metaphors?|put-?downs?|"
    r"nicknames?|apolog(?:y|ies)|soundbites?|retorts?|admissions?|testimony|monologue|sermon)\b",
    re.I,
)
#: The fragment is what somebody is or does: is a “…”, would “…”.
_PREDICATE = re.compile(r"xa*o?$")
_IS_BEFORE = re.compile(r"\b(?:is|are|was|were|be|been)\s+$")
#: Verbs other than "be" that say what somebody is.
_COPULA_BEFORE = re.compile(
    r"\b(?:seem|sound|appear|look|feel|remain|prove)(?:s|ed|es|e|ing)?\s+(?:to\s+be\s+)?(?:\w+ly\s+)?(?:an?\s+)?$|\bfelt\s+(?:an?\s+)?$"
)
#: “Sleepy” NAME, “Little” NAME: what somebody calls them, one after the other.
_EPITHETS = re.compile(r"QN,?c?QN")
_CALLED_BEFORE = re.compile(r"\b([\w-]+)\s+(?:called|named|titled|entitled|dubbed)\s+$", re.I)
_TOLD_BEFORE = re.compile(r"\b(?:told|tells|telling)\s+$", re.I)
#: Verbs of the table whose object is mostly a thing, unless the marks follow at once.
_THINGS = frozenset(
    """spoke speak speaks speaking rates rate rated offers offer offered offering celebrates celebrate celebrated
    relates relate related relating posts post posted lists list listed lifts talks""".split()
)
_MARKUP_BEFORE = re.compile(r"\w=$")
_DIGITS = re.compile(r"[\W\d_]*$")
#: Rules whose cue governs the stretch closely enough to make a short fragment a quotation.
_CUED = frozenset({"trailing", "leading", "leading-far", "leading-weak", "noun", "aside", "according-to", "colon"})
_STRONG = frozenset(
    {"trailing", "leading", "leading-far", "aside", "according-to", "colon", "trailing-manner", "signature"}
)


def reason_against(text: str, stretch: Stretch, place: Place, finding: Finding | None) -> str | None:
    """Why a marked stretch is no quotation, or None where it is one."""
    quoted = place.quoted
    if _MARKUP_BEFORE.search(text, max(0, stretch.outer_start - 2), stretch.outer_start):
        return "markup"
    if _DIGITS.match(quoted):
        return "no words"
    words = _WORD.findall(quoted[:400])
    before = text[max(0, stretch.outer_start - 60) : stretch.outer_start]
    before = before[before.rfind("\n") + 1 :]
    if not before.rstrip()[-1:].isalnum() and before.rstrip()[-1:] not in _CARRIES:
        before = ""  # no rule reads past a mark or a stop, and texts full of marks ask often
    after = text[stretch.outer_end : stretch.outer_end + 24]
    rule = finding.rule if finding is not None else ""
    if len(words) <= 3 and quoted[:1].isupper() and _nickname(before, after, quoted):
        return "nickname"
    if len(words) <= 5 and (
        _TERM_BEFORE.search(before)
        or (rule not in _CUED and _NAMED_BEFORE.search(before) and not _USED_BEFORE.search(before))
    ):
        return "term"
    if _GLOSS_BEFORE.search(before) or (rule not in _STRONG and len(words) <= 5 and _JARGON_BEFORE.search(before)):
        return "term"
    if before.endswith("(") and _CITED_AFTER.match(text, stretch.end):
        return "title"
    if len(words) <= 5 and rule == "leading-weak" and _KNOWN_BEFORE.search(before):
        return "term"
    if (
        len(words) <= 5
        and rule == "noun"
        and finding is not None
        and finding.cue == place.at - 1
        and _WORD_ITSELF.search(before)
    ):
        return "term"
    if _TOPIC.fullmatch(quoted.strip(".,;")) and not _PREDICATE.search(place.parsed.shape, 0, place.at):
        return "term"
    if 1 < len(words) <= 8 and _ENACTED.search(quoted) and _title_cased(words):
        return "title"
    if rule == "continued" and len(words) <= 3:
        return "scare"
    if rule.startswith("trailing") and place.at == 0:
        return None
    if quoted[-1] in "?!" and len(words) > 3:
        return "title" if _title_cased(words) and _work_before(before) else None
    if len(words) <= 3 and place.fragment and _DEFINED.match(text, stretch.end):
        return "term"
    if len(words) <= 3 and place.fragment and _AS_A.search(before) and _verb_class(finding) == "say":
        return "term"
    if (
        len(words) <= 2
        and _EPITHETS.search(place.parsed.shape)
        and place.parsed.shape[place.at + 1 : place.at + 2] == "N"
    ):
        return None
    if _title(words, before, after, place, finding):
        return "title"
    if stretch.single and rule not in ("leading", "trailing", "colon"):
        return "scare"
    return _scare(words, place, finding, before, after)


def _verb_class(finding: Finding | None) -> str:
    return verb_class(finding.parsed, finding.cue) if finding is not None and finding.cue is not None else ""


def _nickname(before: str, after: str, quoted: str) -> bool:
    """A name in marks between given name and surname: NAME “Butch” NAME."""
    given = re.search(r"(\w+)\.?\s+\(?$", before)
    return bool(
        given
        and given.group(1)[:1].isupper()
        and quoted[:1].isupper()
        and quoted[-1].isalpha()
        and re.match(r"\)?\s+[A-ZÀ-Þ]\w+", after)
    )


def is_title_cased(quoted: str) -> bool:
    """Whether every word of some length has a capital."""
    return _title_cased(_WORD.findall(quoted[:400]))


def _title_cased(words: list[str]) -> bool:
    content = [w for w in words if w.lower() not in _SMALL]
    return bool(content) and all(w[0].isupper() or w[0].isdigit() for w in content)


def _work_before(before: str) -> bool:
    found = re.findall(r"[\w-]+", before[-30:])
    return bool(found) and (found[-1].lower() in WORKS or bool(_TITLE_BEFORE.search(before)))


def _title(words: list[str], before: str, after: str, place: Place, finding: Finding | None) -> bool:
    cased = _title_cased(words)
    shape, at = place.parsed.shape, place.at
    introduced = at > 0 and (shape[at - 1] in ":" or (shape[at - 1] in "," and at > 1 and shape[at - 2] in "VGT"))
    if cased and (_called_work(before) or (len(words) > 1 and _TOLD_BEFORE.search(before))):
        return True
    if not cased or introduced:
        return False
    if (
        finding is not None
        and _verb_class(finding) == "judge"
        and not (finding.cue is not None and finding.parsed.word(finding.cue) in _THINGS)
        and not re.search(r"\b(?:called|named|titled|entitled|dubbed)\s+$", before)
    ):
        return bool(_SIGN_AFTER.match(after))
    if _SLOGAN_BEFORE.search(before):
        return False
    if _work_before(before):
        return True
    content = [w for w in words if w.lower() not in _SMALL]
    last = re.findall(r"[\w.]+(?=[’']s\s*$)", before)
    if last and last[-1].lower() in PUBLISHERS:
        return True
    if len(content) >= 2 and (_SIGN_AFTER.match(after) or _ON_AIR.search(before)):
        return True
    if len(content) >= 2 and at > 0 and shape[at - 1] not in "VGBt":
        return not (
            finding is not None and finding.rule == "subject" and (_IS_BEFORE.search(before) or governed(place))
        )
    return bool(_SIGN_AFTER.match(after) and _SIGN_BEFORE.search(before))


def _called_work(before: str) -> bool:
    """A play called “…”, whoever calls it so."""
    called = _CALLED_BEFORE.search(before)
    return called is not None and called.group(1).lower() in WORKS


def _scare(words: list[str], place: Place, finding: Finding | None, before: str, after: str) -> str | None:
    """A short fragment that nobody in its sentence says."""
    rule, shape = finding.rule if finding is not None else "", place.parsed.shape
    if rule in ("leading", "leading-far") and finding is not None and finding.cue is not None:
        apart = place.at - finding.cue > 1 and shape[place.at - 1] not in ",:"
        rule = "subject" if apart and finding.parsed.word(finding.cue) in _THINGS else rule
    if rule == "subject" and (
        _SPEECH_AFTER.match(after)
        or _COPULA_BEFORE.search(before)
        or _PREDICATE.search(shape[max(0, place.at - 5) : place.at])
    ):
        return None
    if rule == "subject" and (
        taken_up(before) or (finding is not None and finding.rule == rule and governed(place))
    ):
        return None
    alone = shape.strip(".") == "Q"
    if rule.startswith("paragraph-before") and not alone and len(words) <= 3:
        return "scare"
    if rule in _STRONG or (not place.fragment and len(words) > 2):
        return None
    if alone or rule in ("leading-weak", "noun"):
        return None
    return "scare" if len(words) <= 3 else None
