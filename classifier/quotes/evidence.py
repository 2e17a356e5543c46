"""What stands around a marked stretch and tells that it is a title, a term or a quotation, as patterns."""

# ruff: noqa: SIM905, E501
from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
SMALL = frozenset(
    "a an the of for and in at from to by on with or as but nor vs v is it its up into over off out de la el los las del y e du le les et von und der die das".split()
)
#: Words that only a clause has: an auxiliary, or who speaks and is spoken to.
CLAUSE_WORD = re.compile(
    r"(?:i|we|you|my|our|your|us|me|is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|could|should|may|"
    r"might|must)\b|\w+n[’']t$|\w+[’'](?:re|ve|ll|m|d)$",
    re.I,
)
#: Words that hold a term at arm's length, whoever speaks in the sentence.
TERM_BEFORE = re.compile(
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
NAMED_BEFORE = re.compile(
    r"\b(?:known\s+as|also\s+called|the\s+(?:word|words|term|phrase|name|label|hashtag|acronym|nickname)|"
    r"(?:is|are|was|were|been|being|sometimes|often|commonly)\s+(?:called|termed|labeled|labelled|dubbed|named))"
    r"\s*(?:an?|the)?\s*$",
    re.I,
)
USED_BEFORE = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|choice|repetition|utter(?:s|ed|ing)?)\s+(?:of\s+)?the\s+\w+\s+$", re.I
)
#: Latin for “…”: what foreign or short words mean, however long.
GLOSS_BEFORE = re.compile(
    r"\b(?:(?:Latin|Greek|Spanish|French|German|Italian|Portuguese|Arabic|Hebrew|Yiddish|Farsi|Persian|Turkish|Russian|Chinese|"
    r"Mandarin|Cantonese|Japanese|Korean|Hindi|Urdu|Somali|Creole|Swahili|Gaelic|Hawaiian|Navajo|Nahuatl|Tagalog)\s+"
    r"(?:(?:word|phrase|term|slang|expression)\s+)?for|short(?:hand)?\s+for|stands\s+for|abbreviation\s+(?:for|of)|acronym\s+for|"
    r"translat(?:es?|ed|ing)\s+(?:\w+ly\s+)?(?:to|as|into)),?\s*$",
)
#: In legal parlance, …
JARGON_BEFORE = re.compile(
    r"\bin\s+(?:[\w’'-]+\s+){0,2}(?:parlance|jargon|lingo|slang|argot|terminology|shorthand|vernacular|nomenclature)\b",
    re.I,
)
#: A headline as letters to the editor cite it: (“…,” Opinion, March 3).
CITED_AFTER = re.compile(
    r"[”\"’']?,?\s+(?:[A-Z][\w.&’']*\s?){1,5},\s+(?:[Pp]age|[A-Z]\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec))"
)
#: The articles' own subject, which every side puts in marks.
TOPIC = re.compile(
    r"sanctuary(?:\s+(?:cit(?:y|ies)|states?|count(?:y|ies)|jurisdictions?|campus(?:es)?|polic(?:y|ies)|laws?))?",
    re.I,
)
WORD_ITSELF = re.compile(r"\bthe\s+(?:words?|terms?|phrase|name|label|hashtag)\s+$", re.I)
#: A program called “…”: an article without "the" introduces a thing by its name.
THING_CALLED = re.compile(
    r"\b(?:an?|another|one)\s+(?:[\w’'-]+\s+){0,3}?(?:programs?|programme|operation|strategy|technique|practice|process|system|method|"
    r"condition|phenomenon|tactic|theory|concept|principle|doctrine|disease|drug|app|device|group|gang|website|company|firm|club|project|"
    r"initiative|product|tool|feature|event|exercise|party|drink|dish|dance|place|area|neighborhood|town|ranch|bar|restaurant|"
    r"account|page|file|folder|plan|policy|proposal|bill|measure|rule|campaign|effort|tour|rally|mechanism|procedure|effect|syndrome|syndicate|network|unit|squad|task\s+force),?\s+"
    r"(?:called|dubbed|nicknamed|named|code-?named|termed|labell?ed|titled|entitled|known\s+as)\s+(?:an?\s+|the\s+)?$",
    re.I,
)
#: What is printed: “…” signs.
PRINTED_AFTER = re.compile(
    r"\s*(?:campaign\s+|yard\s+|lawn\s+|baseball\s+|bumper\s+)?(?:hats?|t-?shirts?|shirts?|caps?|buttons?|stickers?|signs?|banners?|pins?|"
    r"placards?|posters?|flags?|mugs?|hoodies?|jerseys?|tees?|sweatshirts?|decals?|patches|badges?|billboards?)\b",
    re.I,
)
KNOWN_BEFORE = re.compile(r"\b(?:known\s+as|goes\s+by|went\s+by)\s+(?:an?|the)?\s*$", re.I)
#: The name of a law or a card, whoever calls it so.
ENACTED = re.compile(r"\b(?:Act|Law|Bill|Amendment|Card|Order|Initiative|Program|Project)[,.]?$")
TITLE_BEFORE = re.compile(
    r"\b(?:titled|entitled|authors?\s+of|hosts?\s+of|co-host\s+of|editor\s+of|star\s+of|stars\s+(?:in|of)|starred\s+in|"
    r"starring\s+in|episode\s+of|edition\s+of|version\s+of|performance\s+of|sang|sing|singing|"
    r"co-authors?\s+of|writers?\s+of|creators?\s+of|directors?\s+of|producers?\s+of|narrators?\s+of|anchors?\s+of|contestants?\s+on|"
    r"guests?\s+on|regulars?\s+on|appear(?:ed|s|ing|ances?)\s+on|aired\s+on|premiered\s+on|segment\s+(?:on|of)|premiere\s+of|"
    r"finale\s+of|seasons?\s+of|reruns?\s+of|remake\s+of|sequel\s+to|cop(?:y|ies)\s+of|rendition\s+of|recording\s+of|strains\s+of|"
    r"production\s+of|staging\s+of|revival\s+of|reading\s+of|chorus\s+of|verses?\s+of|pages\s+of|opening\s+credits\s+of|"
    r"co-?hosts|co-?hosted|co-?starred\s+in|directed|co-wrote|hosts|hosted|hosting|anchors|anchored|narrates|narrated|airs|aired|"
    r"performed|performing|recorded|recording|produced|screened|screening|streamed|rewatched|binge-watch(?:ed|ing)|composed|"
    r"plays?\s+on|acted\s+in|cameo\s+(?:in|on)|role\s+(?:in|on)|roles\s+(?:in|on)|scenes?\s+(?:from|in)|clips?\s+(?:from|of)|trailers?\s+for|"
    r"theme\s+(?:from|of|to|song\s+(?:from|of|to))|co-authored|headlined|subtitled|retitled|hummed|hums|"
    r"cover\s+of|lyrics\s+(?:of|to)|tune\s+of|set\s+of|cast\s+of|screening\s+of|adaptation\s+of|called|named|"
    r"(?:tv|television|radio|news|talk|cable|morning|sunday|netflix|broadway|hbo|hit)\s+\w+)\s*,?\s*$",
    re.I,
)
#: “…” (2004); “…” by NAME; “…,” a novel.
WORK_AFTER = re.compile(
    r"[”\"’']?,?[”\"’']?\s+(?:\((?:18|19|20)\d\d\)|(?:by|starring|featuring|(?:directed|written|composed|narrated)\s+by)\s+[A-Z])|"
    r"(?:(?<=,)[”\"’']|[”\"’'],)\s+(?:an?|the|his|her|their|its|which)\s+(?:[\w’'-]+\s+){0,4}?(?:films?|movies?|documentary|novels?|"
    r"memoirs?|songs?|ballad|play|musical|sitcom|series|mini-?series|podcast|books?|album|painting|poem|biography|biopic|"
    r"thriller|comedy|drama|essay|opera|anthem|hymn|aired|airs|premiered|premieres)\b(?!\s+on\s+words)"
)
ON_AIR = re.compile(
    r"\b(?:on|to|of|for|in|watch|watched|watching|from|with)\s+(?:the\s+)?(?:[\w.]+[’']s?\s+)?$", re.I
)
SIGN_BEFORE = re.compile(
    r"\b(?:hats?|shirts?|t-shirts?|caps?|buttons?|stickers?|signs?|banners?|a|an|his|her|their|its|the|wearing)\s+$",
    re.I,
)
SIGN_AFTER = re.compile(
    r"\s*(?:hats?|shirts?|t-shirts?|caps?|buttons?|stickers?|signs?|banners?|pins?|placards?|posters?|flags?|mugs?|hoodies?|"
    r"jerseys?|tees?|tour|bus|pageant|campaign|podcast|show|movie|film|album|program|programme|series|feature|website|column|"
    r"initiative|project|franchise|sitcom|trilogy|musical|spinoff|spin-off|sequel|soundtrack|newsletter|magazine|blog|"
    r"exhibit|exhibition|festival|summit|conference|award|prize|trophy|co-?hosts?|anchor|broadcast|episode|segment)\b",
    re.I,
)
#: "sanctuary," an exemption from law: the reporter explains the term.
DEFINED = re.compile(
    r"(?:,[”\"’']|[”\"’'],?)\s+(?:(?:or|meaning|that is|i\.e\.|which\s+(?:means|refers|describes|denotes|stands))\s|an?\s+(?!\w+\s+\w+ed\b)[\w-]+\s+(?:of|from|for|that|which|to)\b)"
)
#: Words people shout or print: capitals are no sign of a title.
SLOGAN_BEFORE = re.compile(
    r"\b(?:(?:slogans?|chants?|mottos?|mantra|refrain|words|question|cr(?:y|ies)|rallying|reads?|reading|chanted|chanting|shouts?|"
    r"shouted|shouting|yelled|yelling|screamed|screaming|tagline|catchphrase|message|emblazoned\s+with|promise|pledge)(?:\s+of)?|"
    r"(?:vow(?:s|ed|ing)?|pledg(?:es?|ed|ing)|promis(?:es?|ed|ing)|campaign|plans?|calls?|efforts?|bid|fight|drive|push|wants?|"
    r"wanted|need|try|trying|going|how|help|helping|is|was)\s+to)\s*,?\s*$",
    re.I,
)
CARRIES = frozenset(",’'.:(=")
AS_A = re.compile(r"\bas\s+an?\s+$", re.I)
#: A noun of speech right behind the marks: NAME's “…” comment.
SPEECH_AFTER = re.compile(
    r"\s*(?:comments?|remarks?|lines?|moniker|label|jibes?|quips?|claims?|insults?|rhetoric|speech|pledges?|promises?|"
    r"mantra|motto|chants?|attacks?|arguments?|messages?|refrain|taunts?|jokes?|warnings?|defense|accusations?|tweets?|posts?|"
    r"statements?|zingers?|slurs?|epithets?|outbursts?|rants?|tirades?|answers?|responses?|repl(?:y|ies)|cracks?|digs?|jabs?|barbs?|"
    r"gaffes?|stance|wording|tone|excuses?|reasoning|assertions?|criticisms?|critiques?|assessments?|characterizations?|descriptions?|predictions?|"
    r"theor(?:y|ies)|vows?|threats?|pleas?|catchphrases?|taglines?|slogans?|cr(?:y|ies)|analog(?:y|ies)|metaphors?|put-?downs?|"
    r"nicknames?|apolog(?:y|ies)|soundbites?|retorts?|admissions?|testimony|monologue|sermon)\b",
    re.I,
)
#: The fragment is what somebody is or does: is a “…”, would “…”.
PREDICATE = re.compile(r"xa*o?$")
IS_BEFORE = re.compile(r"\b(?:is|are|was|were|be|been)\s+$")
#: Verbs other than "be" that say what somebody is.
COPULA_BEFORE = re.compile(
    r"\b(?:seem|sound|appear|look|feel|remain|prove)(?:s|ed|es|e|ing)?\s+(?:to\s+be\s+)?(?:\w+ly\s+)?(?:an?\s+)?$|\bfelt\s+(?:an?\s+)?$"
)
#: “Sleepy” NAME, “Little” NAME: what somebody calls them, one after the other.
EPITHETS = re.compile(r"QN,?c?QN")
CALLED_BEFORE = re.compile(r"\b([\w-]+)\s+(?:called|named|titled|entitled|dubbed)\s+$", re.I)
TOLD_BEFORE = re.compile(r"\b(?:told|tells|telling)\s+$", re.I)
#: Verbs of the table whose object is mostly a thing, unless the marks follow at once.
THINGS = frozenset(
    """spoke speak speaks speaking rates rate rated offers offer offered offering celebrates celebrate celebrated
    relates relate related relating posts post posted lists list listed lifts talks""".split()
)
MARKUP_BEFORE = re.compile(r"\w=$")
DIGITS = re.compile(r"[\W\d_]*$")
