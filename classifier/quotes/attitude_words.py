"""Verbs and nouns of attitude, as data: only indirect speech reads them.

Next to marked words such a verb tells nothing about who speaks; without marks "NAME endorsed the bill" reports a
stance much as "NAME said the bill was right" does. :mod:`.cues` holds the verbs that report words.
"""

# A table of words reads better as text.
# ruff: noqa: SIM905
from __future__ import annotations

from .cues import expand

_VERBS = {
    # for or against
    "side": """
    endorse back support oppose champion embrace disavow repudiate favor favour resist reject rebuff renounce
    snub disown condone condemn tolerate approve disapprove veto second promote advocate espouse preach bless
    adopt cosponsor co-sponsor challenge contest protest boycott
    """,
    # liking and disliking
    "feel": """
    admire adore appreciate cherish enjoy like love loathe detest despise disdain dislike distrust dread envy
    fear hate pity prize relish resent respect revere savor treasure trust mistrust abhor
    """,
    # true or not, much or little
    "doubt": """
    ignore dispute doubt contradict discredit downplay exaggerate minimize overlook underestimate overstate
    misrepresent distort debunk rebut/rebuts/rebutted/rebutting refute dodge sidestep evade
    """,
    # coming to know
    "know": """
    notice discern detect perceive comprehend grasp foresee/foresees/foresaw/foreseeing envisage visualize
    deduce infer/infers/inferred/inferring interpret misunderstand/misunderstands/misunderstood/misunderstanding
    """,
    # making known
    "signal": """
    signal communicate convey broadcast publicize unveil verify document chronicle illustrate discuss debate
    broach outline
    """,
    "attack": "target pummel pillory belittle berate disparage vilify demonize malign smear denigrate",
}

#: Form ("endorsed") to its class and what form it is: V finite, B base, G participle.
ATTITUDES: dict[str, tuple[str, str]] = {}
for _name, _entries in _VERBS.items():
    _base, _finite, _participles = expand(_entries.split())
    ATTITUDES |= dict.fromkeys(_finite, (_name, "V"))
    ATTITUDES |= dict.fromkeys(_base, (_name, "B"))
    ATTITUDES |= dict.fromkeys(_participles, (_name, "G"))

#: Verbs that tell somebody's words or mind with a preposition: "talked about", "voted for".
_WITH_PREPOSITION = {
    "about": """
    talk speak/speaks/spoke/spoken/speaking think/thinks/thought/thinking worry care complain joke brag muse
    write/writes/wrote/written/writing ask learn dream wonder gloat
    """,
    "of": """
    talk speak/speaks/spoke/spoken/speaking think/thinks/thought/thinking boast approve disapprove dream warn
    complain
    """,
    "on": """
    touch dwell insist comment report expand elaborate focus concentrate weigh seize
    """,
    "for": "vote push apologize vouch hope plead beg root lobby argue press wish pray long ask",
    "against": "vote warn argue rail inveigh protest rally fight/fights/fought/fighting",
    "at": "look marvel scoff balk bristle laugh sneer lash hit/hits/hit/hitting hint",
    "after": "go/goes/went/gone/going",
    "to": "refer allude react object admit confess",
    "by": "stand/stands/stood/standing",
    "with": "agree disagree side sympathize",
    "in": "believe",
}

#: Form and preposition to what form it is.
PREPOSITIONAL: dict[tuple[str, str], str] = {}
for _name, _entries in _WITH_PREPOSITION.items():
    _base, _finite, _participles = expand(_entries.split())
    PREPOSITIONAL |= {(form, _name): "V" for form in _finite}
    PREPOSITIONAL |= {(form, _name): "B" for form in _base}
    PREPOSITIONAL |= {(form, _name): "G" for form in _participles}

#: Nouns whose "to …", "that …", "of …" tells somebody's words or mind, beside those that carry a quotation.
ATTITUDE_NOUNS: frozenset[str] = frozenset(
    """
    decision decisions plan plans effort efforts concern concerns fear fears hope hopes desire support opposition
    criticism attack attacks proposal proposals suggestion allegations accusations endorsement stance position
    doubt doubts skepticism willingness refusal commitment ambition intention assertion assertions claims threats
    warnings attitude feelings frustration anger approval disapproval backing praise complaints advice
    recommendation theory belief beliefs perception impression speculation signs evidence consensus expectation
    expectations determination insistence reluctance aim goal vision dream dreams wish bid preference
    """.split()
)

#: "NAME is confident that …", "skeptical of …", "eager to …".
ATTITUDE_ADJECTIVES: frozenset[str] = frozenset(
    """
    confident skeptical sceptical wary concerned worried eager willing unwilling opposed critical supportive ready
    happy unhappy glad proud afraid sure certain aware unaware hopeful optimistic pessimistic reluctant
    disappointed angry upset convinced adamant open grateful uncomfortable comfortable impressed alarmed
    surprised dismissive fearful excited interested
    """.split()
)
