"""Closed classes of words that name recognition goes by."""

from __future__ import annotations

TITLES = frozenset(
    "mr mrs ms miss mx dr doctor prof professor rev revd reverend fr father sister bro sir dame lord lady "
    "mister master madam imam rabbi pastor canon capt captain maj major col colonel lt cpl wing cdr "
    "nurse madame mme monsieur herr senor sra messrs hon".split()
)
RANK_WORDS = frozenset(
    "pc wpc dc wdc tdc ps wps ds di pi dci dcs dsu ci insp inspector sgt sergeant sgnt supt superintendent "
    "constable con cons pcso spc sc cdo ddo pse dsupt dsgt det detective soco csi t/di t/ds a/ps a/insp "
    "officer solicitor".split()
) - {"officer", "solicitor", "sc", "con", "pi", "ci", "wing"} | {"sc", "ci"}
PUBLIC_TITLES = frozenset(
    (
        "cllr",
        "councillor",
        "councillors",
        "alderman",
        "minister",
        "mayor",
        "commissioner",
        "acc",
        "dcc",
        "cc",
        "dac",
        "judge",
        "hhj",
        "recorder",
        "coroner",
        "chief constable",
        "constable chief",
        "lcj",
        "mr justice",
        "mrs justice",
        "justice",
        "lord justice",
        "secretary of state",
        "policing minister",
        "home secretary",
        "prime minister",
        "ombudsman",
        "attorney general",
        "assistant commissioner",
        "deputy commissioner",
        "crime commissioner",
        "police commissioner",
        "district judge",
        "her honour",
        "his honour",
    )
)
PARTICLES = frozenset(
    "de der den del della di da das do dos du van von vande la le el al bin bint ibn ben abu ap ab ferch "
    "ní ni nic mac mc ó o ua y e st ul ur uz zu af av".split()
)
#: Words that begin sentences and never a name.
FUNCTION_WORDS = frozenset(
    "a an the this that these those i he she it we you they me him her us them my his its our your their who whom "
    "whose which what when where why how if then than as at by for from in into of off on onto out over to up "
    "with within without about above after again against all also although am among and any are around because "
    "been before being below between both but can could did do does doing done down during each either else "
    "even ever every everyone everything few further had has have having here hers himself herself however is "
    "just least less like many may might more most much must neither never no nobody none nor not nothing now "
    "once one only or other others otherwise ours own per perhaps quite rather same shall should since so some "
    "someone something soon still such sure there therefore thing things though through thus together too "
    "toward towards under until unless upon very was wasn't were weren't what's while whether will would yes "
    "yet don't didn't doesn't i'm i've i'd i'll he's she's it's that's there's they're we're you're can't "
    "won't isn't aren't couldn't shouldn't wouldn't haven't hasn't hadn't let let's please thanks thank dear hi "
    "hello said says asked told called also later earlier yesterday today tomorrow tonight two three four five "
    "six seven eight nine ten first second third last next another nan mum dad".split()
)
#: Words with a capital that stand beside names but belong to none.
NOT_IN_NAMES = frozenset(
    "police constabulary council court road street lane avenue close drive house ltd limited plc llp department "
    "office team unit service services section act regulations standards professional information freedom "
    "authority federation hospital surgery school college university academy church station prison hmp crown "
    "magistrates monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december christmas easter boxing county city borough district "
    "trust group committee panel board branch union party government ministry home secretary minister "
    "commissioner officer manager director clerk assistant deputy acting temporary chief head senior junior "
    "witness suspect victim complainant defendant applicant ref reference annex appendix notes page form "
    "part stage yours sincerely faithfully regards subject sent cc bcc re fw fwd mon tues tue weds wed thurs thu "
    "fri sat sun jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
