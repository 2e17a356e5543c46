"""Closed classes of English words, titles, roles and given names, as data."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PRONOUNS = _set("he she they we i you it")
OBJECTS = _set("him her them us me himself herself themselves itself")
RELATIVES = _set("who whom whose which")
AUXILIARIES = _set(
    """
    is are was were be been being am has have had having do does did will would shall should may might must
    can could cannot not never didn't doesn't don't hasn't haven't hadn't isn't aren't wasn't weren't won't
    wouldn't shouldn't can't couldn't didn’t doesn’t don’t hasn’t haven’t hadn’t isn’t aren’t wasn’t weren’t
    won’t wouldn’t shouldn’t can’t couldn’t 's ’s 've ’ve 'd ’d 'll ’ll he’d he's
    """
)
ADVERBS = _set(
    """
    also later then again once previously earlier reportedly allegedly just simply even still now already
    often always never soon instead too further ago yet first famously once twice rather quite almost
    perhaps maybe thus therefore nonetheless nevertheless however meanwhile moreover furthermore afterward
    afterwards today yesterday tonight tomorrow though ever only so long far well here there back away
    publicly privately
    """
)
PREPOSITIONS = _set(
    """
    of in on at by for from with about against after before between into through during without within among
    over under above below toward towards upon across behind beside besides beyond despite except inside
    near off onto outside since throughout until till unlike via amid amidst around along like regarding
    concerning including versus per out up down to as
    """
)
CONJUNCTIONS = _set(
    """
    and or but nor yet so while when whenever where because if though although unless whereas than whether
    how why what
    """
)
DETERMINERS = _set(
    """
    the a an his her their its my our your this that these those one another some many several other two
    three four five six seven eight nine ten dozens hundreds thousands no each every most both all few any
    certain various such fellow neither either
    """
)
TIMES = _set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan feb aug sept oct nov dec mon tue wed thu fri today
    yesterday tomorrow tonight a.m. p.m. a.m p.m est edt
    """
)
#: Nouns of time: "this week", "last Tuesday night".
TIME_NOUNS = _set(
    """
    week weeks month months year years day days morning afternoon evening night weekend summer spring fall
    winter decade hours hour minutes moments seconds
    """
)
TIME_DETERMINERS = _set(
    """
    this last next that late early earlier later each every one two three few several a the past same
    """
)
ABBREVIATIONS = _set(
    """
    mr mrs ms dr prof rev hon sen sens rep reps gov govs lt gen col sgt capt cmdr adm maj pres jr sr st ave
    inc corp co ltd llc jan feb mar apr jun jul aug sep sept oct nov dec vs etc no dept supt atty asst assoc
    dist msgr fr sgt det pvt hon messrs mt ft calif ariz tex fla ill mass mich minn wis pa va md ore wash
    colo conn del ga ind kan ky la miss mo mont neb nev okla tenn vt wyo ala ark u.s u.n u.k d.c n.y n.j n.c
    s.c i.e e.g cf al
    """
)

#: Titles and offices that stand before a name, in lower case.
TITLES = _set(
    """
    mr mrs ms miss mx dr prof professor rev reverend hon honorable sir dame lord lady sheikh imam rabbi pope
    sen sens senator senators rep reps representative congressman congresswoman congressmen gov governor
    president president-elect vice-president mayor mayor-elect ex-mayor alderman alderwoman ald councilman
    councilwoman councilmember councillor councilor commissioner commissioners chairman chairwoman chair
    chairperson chief sheriff deputy undersheriff police officer detective constable marshal lieutenant lt
    captain capt colonel col general gen major maj sergeant sgt admiral adm commander cmdr cpl corporal
    private judge justice magistrate attorney attorneys lawyer prosecutor secretary undersecretary minister
    premier chancellor ambassador envoy director administrator superintendent supt supervisor treasurer
    comptroller controller auditor clerk manager executive ceo cfo coo speaker leader whip spokesman
    spokeswoman spokesperson spokespeople spokesmen aide adviser advisor strategist consultant pollster
    analyst economist scientist researcher scholar historian author writer journalist reporter columnist
    correspondent anchor host editor producer pundit blogger commentator critic activist advocate organizer
    coordinator founder co-founder cofounder owner actor actress singer comedian coach player quarterback
    bishop archbishop cardinal pastor father sister brother mother king queen prince princess emperor nurse
    doctor physician teacher principal dean provost lecturer student resident neighbor businessman
    businesswoman billionaire candidate nominee congressperson lawmaker legislator assemblyman assemblywoman
    assemblymember delegate superdelegate politician democrat republican libertarian independent
    conservative liberal veteran counsel solicitor ombudsman agent inspector investigator expert official
    representative-elect senator-elect governor-elect frontrunner front-runner incumbent challenger rival
    ally friend colleague partner wife husband son daughter widow assistant associate former ex acting
    interim retired deputy then then-president then-mayor then-gov then-sen late fellow longtime veteran
    lead head senior junior top chief vice first lady prime campaign press communications city state county
    federal national district general foreign political public executive legislative finance policy u.s us
    majority minority house senate assembly council gop congressional presidential senatorial
    director-general co-chair co-director managing founding organizing border czar trustee selectman ranger
    chaplain negotiator attaché regent fire warden spokesperson-elect
    """
)
#: Of those, words that never end a title by themselves: "former", "deputy", "police".
TITLE_MODIFIERS = _set(
    """
    former ex acting interim retired then late fellow longtime veteran lead senior junior top vice first
    prime campaign press communications city state county federal national district foreign political public
    legislative finance policy u.s us majority minority house senate assembly council gop congressional
    presidential senatorial managing founding organizing border police fire deputy assistant associate
    """
)
FEMALE_TITLES = _set(
    "mrs ms miss madam councilwoman congresswoman chairwoman spokeswoman alderwoman assemblywoman "
    "businesswoman lady "
    "dame queen princess actress sister mother wife daughter widow"
)
MALE_TITLES = _set(
    "mr sir councilman congressman chairman spokesman assemblyman alderman businessman lord king prince father "
    "brother husband son actor pope"
)

#: Groups of people that speak without a determiner: "officials", "critics".
GROUPS = _set(
    """
    officials critics supporters opponents lawmakers legislators senators congressmen democrats republicans
    liberals conservatives progressives experts analysts economists scientists researchers scholars
    historians lawyers attorneys prosecutors judges police officers investigators authorities agents
    deputies sheriffs mayors governors leaders advocates activists protesters demonstrators organizers
    residents neighbors citizens voters immigrants migrants refugees aides advisers advisors strategists
    consultants spokesmen spokeswomen representatives members colleagues friends relatives parents students
    teachers doctors journalists reporters editors pundits commentators observers sources insiders witnesses
    people others some many several both most businesses employers workers unions farmers americans mexicans
    germans russians israelis palestinians muslims christians jews latinos hispanics delegates candidates
    rivals allies donors backers fans detractors skeptics respondents participants politicians chiefs
    commissioners councilors councilmembers administrators executives companies groups organizations
    agencies documents records emails polls reports signs posters banners ads headlines prosecutors
    defenders women men everyone everybody nobody someone somebody anyone historians clergy bishops pastors
    """
)

#: Heads of documents and media that "say" things.
DOCUMENTS = _set(
    """
    statement order lawsuit suit complaint report study letter email memo memorandum bill law ordinance
    resolution act policy directive ruling opinion decision brief filing petition website site page article
    editorial op-ed story column book ad advertisement commercial video headline sign banner poster tweet
    post message note release document survey poll agreement contract constitution amendment statute section
    declaration proclamation affidavit indictment transcript text guidance plan platform caption subpoena
    motion warrant manifesto
    """
)

#: Nouns after which a name in marks is a title: the show "NAME".
WORKS = _set(
    """
    show series sitcom drama comedy program programme podcast film movie documentary musical play book novel
    memoir autobiography biography bestseller song single ballad album record anthem hymn poem painting
    exhibit exhibition game magazine newspaper column blog website app essay sequel trilogy soundtrack opera
    episode tv-series classic hit franchise reality thriller tune novella textbook handbook guidebook cookbook
    treatise monograph anthology series miniseries mini-series docuseries docudrama biopic blockbuster western
    telenovela cartoon comic musical operetta symphony
    concerto sonata overture ballet aria lullaby carol jingle mixtape ep lp remix cover
    portrait mural sculpture installation photograph canvas journal newsletter zine webzine periodical tabloid
    weekly daily videogame video-game webcast webinar vlog channel spinoff spin-off sequel prequel remake reboot
    masterpiece satire parody farce tragedy fable parable chapter prologue epilogue
    sitcoms dramas comedies programs podcasts films movies documentaries musicals books novels memoirs
    biographies songs singles ballads albums anthems hymns poems paintings games magazines thrillers operas
    cartoons comics sequels classics screenplay script teleplay libretto pamphlet booklet newscast
    newsmagazine sketch skit duet cantata requiem screenplays featurette
    """
)
PUBLISHERS = _set(
    """nbc abc cbs cnn fox msnbc cnbc pbs npr bbc hbo netflix showtime espn mtv univision telemundo c-span amazon
    hulu bloomberg breitbart siriusxm amc fx syfy tbs tnt bravo starz lifetime bet tlc cmt vh1 cw disney pixar
    nickelodeon peacock paramount spotify audible apple newsmax oan wnyc wbur kqed wgbh pri apm slate vox
    vice newsnation c-span2 cspan"""
)

PARTICLES = _set(
    """
    de la le von van der den del della di da dos du bin ibn al el ben st y san santa abu ter af
    """
)
SUFFIXES = _set("jr sr ii iii iv")
STATES_AND_PLACES = _set(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
    mississippi missouri montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma
    oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming america canada
    england britain france germany russia china israel iran iraq syria
    """
)
#: Of those, words that begin an organisation where no other title follows: the Border Patrol, the National Guard.
OF_ORGANISATIONS = _set("border finance fire foreign national police public")

#: Of the titles, the ones that are of a place; others are of a department, which belongs to the title.
OF_PLACES = _set("archbishop bishop cardinal governor king mayor premier president prince queen sheriff")

#: Last words of what an office is of: a name may follow them without being known as one.
DEPARTMENTS = _set(
    """
    affairs agriculture commerce corrections defense education energy enforcement finance health history homeland
    immigration intelligence interior justice labor law police safety security services staff state transportation
    treasury
    """
)

#: First words of a place that goes on with what may be somebody's name: San Francisco, Santa Ana, Los Angeles.
SAINTS = _set("el la las los saint san santa st")

ORGANISATIONS = _set(
    """
    department agency administration office bureau commission committee council board court congress senate
    house government ministry party campaign union association coalition alliance group organization
    foundation institute center centre university college school company corporation corp inc llc bank fund
    times post journal news tribune herald press network network's service services customs enforcement
    police church league society federation caucus team force patrol security justice treasury pentagon
    kremlin white county city state aclu ice dhs doj fbi cia nra naacp gop rnc dnc un eu nato epa irs nypd
    lapd reuters ap afp politico fox cnn nbc abc cbs msnbc twitter facebook google
    """
)
#: Words that open a sentence in capitals and are no name, beyond the closed classes above.
OPENERS = _set(
    """
    asked speaking calling noting citing adding saying according following given meanwhile indeed still yes
    no oh well okay ok please thank thanks good great perhaps maybe clearly obviously ironically
    interestingly unfortunately fortunately recently finally eventually ultimately similarly likewise
    additionally specifically currently originally initially separately together elsewhere there here why
    how what when where let get look see nearly almost about last next earlier late early once twice
    whatever whoever regardless rather despite instead based compared related read watch click follow sign
    subscribe share photo image video update updated breaking exclusive opinion analysis editor's note
    correction told under unlike new old big ask half part none much such said then too
    """
)

FEMALE_NAMES = _set(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret
    sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca
    sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine
    christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia
    victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria
    teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia grace denise amber
    doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori
    hillary nikki jill kellyanne condoleezza melania ivanka michele tammy kamala jan gretchen libby london
    muriel kate kirsten kirstjen dianne carly loretta annie anne cecilia rosa carmen lupe guadalupe pilar
    lucia elena sofia valeria alicia monica leticia maya nina ellen eileen claire leah molly wendy tina
    paula erin tracy stacy holly vanessa veronica yvonne lorena dolores dawn helena hope faith joy fatima
    aisha leila yasmin mei ingrid heidi ursula tara gabriela claudia adriana natalia
    """
)
MALE_NAMES = _set(
    """
    james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony
    mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey
    ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory
    alexander frank patrick raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary
    peter kyle ethan walter noah jeremy christian keith roger terry austin sean gerald carl harold dylan
    arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne
    randy vincent mason roy ralph bobby russell bradley philip eugene bill bob jim tom mike dan dave steve
    jeff greg chris matt ed ted tim ron rick nick sam ben ken doug phil don barack mitt newt rudy jeb marco
    bernie rahm jorge carlos luis miguel pedro javier antonio francisco manuel diego alejandro ricardo
    fernando eduardo raul hector oscar ramon enrique abe ras cory gavin jared martin omar ali mohammed
    muhammad ahmed hassan ibrahim tariq vladimir boris ivan emmanuel angus ian graham neil simon stuart
    craig glenn dean derek leo max victor felix hugo oliver harry stan stanley fred ray chuck charlie hank
    roberto sergio alberto mario andres pablo rafael julio cesar ernesto armando guillermo gustavo ignacio
    """
)

#: Finite verbs that report nothing and end in no -ed: they show where a clause has its verb.
FINITE = _set(
    """
    won wins took takes made makes gave gives got gets came comes kept keeps left leaves lost loses ran runs sent
    sends met meets led leads paid pays sat sits stood stands rose rises fell falls grew grows became becomes built
    builds brought brings bought buys caught catches chose chooses drew draws drove drives ate fought fights flew
    flies broke breaks hit hits hurt hurts put puts set sets spent spends struck strikes threw throws wore wears
    went goes did does had has helps needs lacks deserves remains seems looks works lives plays serves
    receives represents faces matters belongs exists happens turns moves stays stops starts begins continues
    knew sought bid bids lies lay laid let lets shut split swept taught thinks won't
    """
)
