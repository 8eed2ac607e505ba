"""How a promise reads: it begins with a verb, or says that somebody will."""

import re
from functools import lru_cache

from assessor.planning.words import FUNCTION_WORDS

# What may follow a verb that no list holds: "Visit every …", "Send a …".
_DETERMINERS = frozenset("a an the every each all our their its any more new up out".split())

_VERBS = frozenset(
    """achieve acquire act adapt add address adopt advance advocate align amplify analyze analyse apply
    articulate assess assign assist attach attract audit be become begin bring broaden build carry
    celebrate centralize champion change clarify co-create collaborate collect commit communicate
    complete conduct connect consider consolidate continue contribute convene coordinate create
    cultivate curate define deepen deliver demonstrate deploy describe design develop devise
    digitize digitise direct discover diversify document drive educate elevate eliminate embed
    embrace empower enable encourage endeavour engage enhance enrich ensure equip establish evaluate
    examine exceed expand explore extend facilitate finalize focus form foster fund gather give grow
    guide help hire hold host identify implement improve increase influence inform initiate innovate
    inspire install integrate introduce invest invite involve launch lead learn leverage listen look
    maintain make manage market maximize maximise measure meet mentor migrate minimize model
    modernize modernise monitor move normalize nurture obtain offer open operate optimize optimise
    organize organise participate partner perform pilot plan position prepare preserve present
    prioritize prioritise produce promote propose protect provide publish purchase pursue raise
    reach rebuild recognize recognise recruit redesign reduce refine reform reimagine reinforce
    remain remodel remove renew renovate reorient replace report represent research respond
    restructure retain rethink review revise secure seek serve set share showcase simplify solicit
    sponsor stay steward strengthen strive support surface survey sustain tailor take teach test
    track train transform uncover understand undertake unify update upgrade use utilize value weave
    welcome widen work write visit send buy choose close complete rotate lend rehouse double halve
    retire show record repair rewrite extend raise advertise appoint award balance bind borrow
    catalogue catalog chart circulate clean coach compile consult cooperate copy cut deploy
    distribute draft draw edit employ enlarge enroll enter exhibit expose film find finish fit fix
    follow free furnish govern grant handle harness harvest heighten honor honour house improve
    incorporate index instruct interview invent issue keep launch let license light link list loan
    lower match mount name negotiate nominate note notify operate order own pair pay place plant
    play post practise practice print process program progress push put quicken reallocate rebrand
    receive record recycle redefine redirect refit refresh refurbish register rehearse relocate
    rely repurpose request rescue reserve reshape restore return reuse run sample save scale scan
    schedule search select sell separate set settle shift simplify solve sort speak speed spread
    stage start stop store study subscribe supply switch teach tell translate treat trial turn
    validate vary verify waive walk weed win withdraw reward partner co-design co-develop""".split()  # noqa: E501
)


@lru_cache(maxsize=20000)
def starts_with_verb(text: str) -> bool:
    """Whether a text begins as a promise does: "Expand …", "Provides …", "Building …"."""
    match = re.match(
        r"\W*(?:to |we will |actively |continuously |continually |systematically |further |better )?([a-z-]+)(?: ([a-z-]+))?",  # noqa: E501
        text[:80].casefold(),
    )
    if match is None:
        return False
    word = match.group(1)
    if (
        match.group(2) in _DETERMINERS
        and word not in FUNCTION_WORDS
        and not word.endswith(("tion", "ed"))
    ):
        return True
    stems = {word}
    if word.endswith("s"):
        stems |= {word[:-1], word[:-2], word[:-3] + "y"}
    if word.endswith("ing"):
        stems |= {word[:-3], word[:-3] + "e", word[:-4]}
    return bool(stems & _VERBS)


_PROMISE = re.compile(
    r"\b(?:will|shall|commit(?:s|ted)?|seeks? to|aims? to|aspires? to|strives? to|pledges?|intends? to|plans? to)\b",  # noqa: E501
    re.IGNORECASE,
)


def is_promise_stem(text: str) -> bool:
    """Whether a sentence that ends with a colon promises what its list holds."""
    return _PROMISE.search(text[-200:]) is not None


def is_promise(text: str) -> bool:
    return _PROMISE.search(text) is not None or starts_with_verb(text)
