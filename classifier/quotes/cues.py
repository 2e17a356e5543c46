"""The reporting verbs and phrases of news English, as data.

``VERBS`` maps every finite form to its class, ``PARTICIPLES`` every -ing form. The classes:

* ``say``     reports words whatever follows: said, told, wrote, tweeted
* ``judge``   takes the quoted words as a name or a reason: called, dismissed, praised, urged
* ``think``   a belief or a feeling, quoted in fragments and reported indirectly: believes, fears
* ``show``    mostly what documents do: reads, states, shows
* ``manner``   a quotation may hang on it, nothing else says so: laughed, sighed, shrugged

Irregular forms are spelt out; regular ones are made from the lemma.
"""

# A table of words reads better as text.
# ruff: noqa: SIM905
from __future__ import annotations

_SAY = """
    say/says/said/saying tell/tells/told/telling write/writes/wrote/written/writing add ask state declare
    claim announce note explain argue insist suggest reply respond answer report assert contend maintain
    warn admit acknowledge concede confirm deny reveal remark observe mention recall
    shoot/shoots/shot/shooting recount reiterate repeat stress emphasize emphasise conclude continue
    begin/begins/began/begun/beginning speak/speaks/spoke/spoken/speaking tweet retweet post text email
    e-mail blog quip joke deadpan crack snap bark yell shout scream cry exclaim whisper mutter murmur chant
    boast brag complain gripe grouse grumble groan lament bemoan vent rail thunder fume rant roar boom
    bellow counter retort rejoin interject object protest plead beg/begs/begged/begging implore urge advise
    counsel caution predict forecast/forecasts/forecast/forecasting prophesy promise vow pledge
    swear/swears/swore/sworn/swearing testify attest affirm reaffirm allege assure inform inquire query
    question wonder muse ponder reflect reason opine offer comment quote read/reads/read/reading recite
    sing/sings/sang/sung/singing rap disclose divulge elaborate clarify specify underscore highlight point
    recommend propose instruct order command demand request hint imply volunteer intone proclaim pronounce
    preach lecture scold chide chime riff gush rave enthuse marvel reminisce confess confide relate narrate
    describe detail summarize summarise interrupt interpose intervene persist press prod prompt pontificate
    sneer scoff mock taunt tease kid banter chuckle decry recap relay conclude agree disagree concur vouch
    theorize theorise speculate surmise estimate posit postulate stipulate sniff huff insert indicate
    challenge echo talk lash utter blurt stammer sputter hiss growl snarl howl shriek squeal wail moan whine holler
    drawl mumble babble ramble crow gloat moralize beseech entreat aver avow hypothesize conjecture intimate
    insinuate expound parrot paraphrase scribble inscribe coin apologize effuse editorialize reassure remonstrate
    expostulate rebut guffaw cackle snicker chortle gasp croak coo hoot whoop philosophize rhapsodize vocalize
    verbalize allude
    articulate enunciate harangue inveigh sermonize orate blab blather yammer prattle chirp purr bleat carp
    cavil kvetch whinge whimper wisecrack jest jibe gibe heckle titter giggle
    demur/demurs/demurred/demurring equivocate profess restate recapitulate rephrase reword remind notify
    apprise telegraph jot dictate recollect venture certify avouch foretell/foretells/foretold/foretelling
    forewarn/forewarns/forewarned/forewarning prognosticate prophesize portend cajole coax goad importune pester
    hector nag badger interrogate quiz ad-lib/ad-libs/ad-libbed/ad-libbing improvise enumerate itemize propound
    broach soliloquize spout spew fess chorus croon trill warble quaver grunt snipe rejoice agonize temporize
    backtrack backpedal quibble bicker wrangle spar/spars/sparred/sparring fib fulminate repost reblog
    live-tweet subtweet vlog instant-message recant retract apologise analyse generalize digress expatiate
    confabulate eulogize memorialize toast proffer enjoin
    """.split()

_JUDGE = """
    call label brand dub term deem describe characterize characterise portray depict dismiss denounce
    condemn criticize criticise blast slam rip/rips/ripped/ripping bash attack assail lambaste lambast
    castigate chastise rebuke reproach blame accuse fault deride ridicule mock praise laud hail tout applaud
    commend credit thank congratulate celebrate defend endorse cite invoke reference refer tout urge exhort
    encourage ask press challenge dare vow promise pledge threaten reject rule paint cast/casts/cast/casting
    view regard consider liken compare trash knock skewer excoriate lash decry deplore bemoan rail hammer
    pan/pans/panned/panning question appeal plead call insist invite welcome express voice sound
    pen/pens/penned/penning present bill scrawl title advocate lobby herald salute rate classify
    berate belittle disparage diss vilify demonize malign admonish reprimand upbraid extol glorify romanticize
    trumpet christen caricature lampoon satirize downplay discount minimize rebuff spurn refute dispute contest
    disavow repudiate renounce reframe rebrand define redefine evoke pillory eviscerate debunk impugn disdain scorn
    besmirch revile excuse justify rationalize acclaim admire lionize misrepresent misstate exaggerate overstate
    understate trivialize sugarcoat whitewash mischaracterize disown flatter absolve exonerate scapegoat stigmatize
    heckle jeer boo
    adjudge anoint appraise assess cheer chide damn defame denigrate deprecate deify exalt execrate fete flay
    glamorize hype idealize idolize immortalize indict interpret maul memorialize mislabel misname misread
    nickname peg/pegs/pegged/pegging pigeonhole roast savage scold scorch slander smear stereotype
    tag/tags/tagged/tagging tar/tars/tarred/tarring thrash torch typecast/typecasts/typecast/typecasting zing
    encapsulate sum/sums/summed/summing equate ding diagnose pronounce proclaim critique second-guess pooh-pooh
    minimise trivialise demonise criminalize politicize lament mourn rue censure stigmatise vaunt eulogize
    sanctify canonize caricaturize
    """.split()

_ACT = """
    want seek/seeks/sought/seeking try/tries/tried/trying aim offer refuse decline demand support oppose
    adopt issue release publish sign compose use enjoy list name include emphasize prefer back shift focus
    cast/casts/cast/casting
    """.split()

_THINK = """
    believe think/thinks/thought/thinking feel/feels/felt/feeling fear hope worry expect doubt suspect
    know/knows/knew/known/knowing understand/understands/understood/understanding see/sees/saw/seen/seeing
    find/finds/found/finding hear/hears/heard/hearing realize realise recognize recognise learn assume guess
    imagine reckon figure hold/holds/held/holding decide determine conclude intend plan wish want prefer
    love hate regret resent dream/dreams/dreamed/dreaming wonder anticipate calculate
    mean/means/meant/meaning envision remember forget/forgets/forgot/forgotten/forgetting sense presume
    consider judge
    suppose surmise perceive ponder contemplate agonize dread long yearn crave aspire fret rejoice despair
    conceive intuit foresee/foresees/foresaw/foreseen/foreseeing infer/infers/inferred/inferring deduce
    conjecture rationalize appreciate grasp comprehend
    misunderstand/misunderstands/misunderstood/misunderstanding
    """.split()

_SHOW = """
    read/reads/read/reading state show/shows/showed/shown/showing reveal indicate suggest
    find/finds/found/finding conclude allege charge contend require call prohibit
    forbid/forbids/forbade/forbidden/forbidding mandate direct declare list contain include promise warn
    proclaim blare bear/bears/bore/borne/bearing display feature describe ask demonstrate prove argue detail
    outline certify accuse order ban/bans/banned/banning
    specify stipulate attest illustrate instruct advise caution exhort urge remind affirm recommend
    forecast/forecasts/forecast/forecasting estimate quote cite define guarantee enjoin decree
    """.split()

_MANNER = """
    laugh smile grin shrug sigh nod beam frown grimace wince weep/weeps/wept/weeping sob/sobs/sobbed/sobbing
    choke gesture pause hesitate interrupt cut finish start open close end go/goes/went/gone/going proceed
    blush chortle giggle cringe squirm scowl glare glower blink gulp gasp snort swallow stammer tremble wink
    smirk sniffle bristle bridle fume erupt explode balk recoil wail ramble
    """.split()

#: Nouns that carry a quotation: "in a statement", "Trump's claim that".
NOUNS: frozenset[str] = frozenset(
    """
    statement remark remarks comment comments claim assertion allegation accusation charge contention
    argument warning promise pledge vow call calls demand plea appeal request letter email e-mail memo
    memorandum note message tweet tweets post posting op-ed editorial column essay speech address interview
    announcement description declaration response reply answer question testimony brief filing suggestion
    observation assessment conclusion prediction complaint criticism rhetoric slogan motto chant chants
    mantra quip joke line quote quotation words word phrase refrain retort rebuke denunciation
    characterization portrayal caption headline text article report opinion ruling order proclamation idea
    broadside swipe dig jab salvo tirade rant diatribe screed barb mangling invocation dismissal
    belief view concern concerns insistence admission acknowledgment contention notion threat advice motto
    pitch promise report news thought
    rebuttal apology pronouncement decree edict retraction clarification explanation disclaimer soundbite
    catchphrase tagline zinger wisecrack one-liner punchline insult insults slur slurs epithet epithets taunt
    taunts gibe jibe jeer jeers catcall catcalls outburst aside confession disclosure denial disavowal
    repudiation refutation condemnation objection grievance gripe lament admonition caution exhortation
    ultimatum oath assurance assurances compliment accolade tribute eulogy toast sermon homily monologue
    harangue polemic affidavit deposition memos letters emails e-mails statements speeches retweet dispatch
    communique communiqué bulletin advisory missive voicemail telegram inscription graffiti verdict finding
    judgment analogy comparison metaphor aphorism adage maxim proverb truism platitude dictum retelling
    explanations threats warnings promises pledges claims accusations allegations assertions arguments
    complaints criticisms quips jokes lines quotes exclamation utterance sneer put-down putdown insinuation
    innuendo reminder instruction instructions recommendation invitation reassurance testimonial reprimand
    scolding lecture salutation greeting tautology shout shouts cries yell yells scream whisper
    """.split()
)

#: Prepositions and phrases that name a source: "according to the order".
SOURCE_PHRASES: frozenset[tuple[str, ...]] = frozenset(
    {("according", "to"), ("in", "the", "words", "of"), ("as", "per"), ("per",), ("quoting",), ("courtesy", "of")}
)


def _regular(lemma: str) -> tuple[str, tuple[str, ...], str]:
    """Third person, past forms and -ing form of a regular verb."""
    if lemma.endswith("e"):
        return lemma + "s", (lemma + "d",), lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return lemma[:-1] + "ies", (lemma[:-1] + "ied",), lemma + "ing"
    sibilant = lemma.endswith(("s", "sh", "ch", "x", "z"))
    stem = lemma + lemma[-1] if lemma in _DOUBLING else lemma
    return lemma + ("es" if sibilant else "s"), (stem + "ed",), stem + "ing"


_DOUBLING = frozenset(
    """quip brag beg nod plan rap pan kid slam cut dub tap chat admit refer rebut regret concur commit submit infer
    stop plug jab spar grin sob""".split()
)


def expand(entries: list[str]) -> tuple[set[str], set[str], set[str]]:
    """Base forms, other finite forms, and -ing forms of a class."""
    base, finite, participles = set(), set(), set()
    for entry in entries:
        lemma, *forms = entry.split("/")
        base.add(lemma)
        if forms:
            finite.update(forms[:-1])
            participles.add(forms[-1])
        else:
            present, past, participle = _regular(lemma)
            finite.add(present)
            finite.update(past)
            participles.add(participle)
    return base, finite, participles


_CLASSES = {"manner": _MANNER, "act": _ACT, "show": _SHOW, "think": _THINK, "judge": _JUDGE, "say": _SAY}

#: Base form ("say"), finite form ("says", "said") and participle ("saying") to class; ``say`` wins.
BASES: dict[str, str] = {}
VERBS: dict[str, str] = {}
PARTICIPLES: dict[str, str] = {}
for _name, _entries in _CLASSES.items():
    _base, _finite, _participles = expand(_entries)
    BASES.update(dict.fromkeys(_base, _name))
    VERBS.update(dict.fromkeys(_finite, _name))
    PARTICIPLES.update(dict.fromkeys(_participles, _name))

#: Forms that are as often a noun: a verb only where no other verb follows their noun phrase.
ALSO_NOUNS: frozenset[str] = frozenset(
    """
    reports report claims claim calls call notes note states state comments comment remarks remark orders
    order demands demand charges charge plans plan promises promise pledges pledge tweets tweet posts post
    texts text emails email answers answer questions question requests request offers offer quotes quote
    views view hopes fears doubts lists charges cites estimates jokes cracks rules rule aims details titles
    title terms term labels brands attacks attack supports support features ends end starts start laughs
    smiles wishes worries thought thoughts found finds wants cries protests challenges counters points point
    signs sign issues issue releases release ventures venture uses use backs names lists campaigns dreams
    feelings meanings readings concerns campaigns voices sounds references bears presses press speaks opens
    closes casts cast blasts holds judges judge guesses hints echoes objects shows show talks talk presents
    present bill bills jests jest jibes jibe gibes gibe badgers badger quizzes quiz toasts toast critiques
    critique decree cheers cheer roasts roast hype lectures tags tag pegs peg sums sum tar thrash
    guarantees guarantee forecasts forecast estimate chorus choruses quibbles wink winks giggles chortle
    glower scowl glare bleat carp censure
    """.split()
)
