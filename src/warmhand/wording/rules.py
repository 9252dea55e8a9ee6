"""What words alone can say of a sentence: it surely does something, or it surely doesn't."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from . import words


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_SOLVED = (
    r"(?:resolved|solved|sorted|fixed|settled|working|works|taken? care of|took care of|in order|"
    r"up and running|went (?:well|smoothly)|repaired|put right|all set|left open|finished|done)\b"
)
_WHO = (
    r"\b(?:who|whom|anyone|anybody|someone|somebody|friends?|colleagues?|neighbou?rs?|family|"
    r"people|others?|another|sister|brother|partner)\b"
)
_US = r"(?:us|me|our (?:firm|company|team|shop|practice|service|software)|the team|this|it)"

SURELY: Final[Mapping[str, re.Pattern[str]]] = {
    "reconfirm": _any(
        rf"\b(?:now that|since|glad|happy|pleased|delighted|relieved)\b[^.?!]{{0,60}}\b{_SOLVED}",
        rf"\b(?:is|are|did|does|has|have|was|were|confirm)\b[^.?!]{{0,80}}\b{_SOLVED}[^.!]*\?",
        r"\b(?:are|were) you (?:still |now )?(?:happy|satisfied|pleased) with\b[^.!]*\?",
        r"\bwhether you are (?:still )?(?:happy|satisfied|pleased) with\b",
        r"\bnow (?:that )?(?:your|you|you're|you've|the|it|it's|everything|all) (?!in mind)",
        r"\b(?:good|great|lovely|wonderful|nice|glad|happy|pleased|delighted|thrilled|relieved)"
        r"(?: to (?:hear|know|see|read))?(?: that)? (?:the|your|you're|you've|you|it|it's"
        r"|all|everything"
        r"|we could|we got|we were able)\b(?! (?:for calling|called|asked|wrote|came"
        r"|reached|contacted))",
        r"^(?:so|and|then|ok|okay|right|good|first)?\W*(?:everything|all)\b[^.?!]{0,60}\?",
        r"^so,? (?!who|which|what|whom|whose|can|could|how|why|when|would|will|do you|may|have we"
        r"|any|is there|are there|got)[^?]{4,70}\?",
        r"(?<!know), ?(?:right|yes|yeah|correct|isn't it|doesn't it|didn't it|hasn't it"
        r"|haven't you"
        r"|can't you|is it|does it|did it)\?",
    ),
    "help": _any(
        rf"{_WHO}[^.?!]{{0,90}}\b(?:we|us)\b[^.?!]{{0,40}}\b(?:help|assist|support)\b",
        r"\b(?:help|assist|support) (?:another|other|someone|somebody|anyone|anybody)\b",
        r"\b(?:help|assist|support|look after|take (?:great |good )?care of) (?:them|her|him)\b",
        r"\bwho(?:m)? (?:else )?do you know\b[^.?!]*\b(?:help|assist|support)\b",
        rf"{_WHO}[^.?!]{{0,40}}\bneeds? help\b",
    ),
    "intro": _any(
        r"\bwho(?:m)? (?:else )?do you know(?: in| at| that| who| with| whom|\W*\?)",
        r"\b(?:introduce|present) (?:us|me)\b",
        r"\bput(?:ting)? (?:us|me) in (?:touch|contact)\b",
        r"\b(?:give|have|get|got|any|some|for|few|share)\b[^.?!]{0,25}\b(?:referrals|leads)\b",
        r"\b(?:get|give|have|want|like|need|appreciate|share|send|welcome)\b[^.?!]{0,25}"
        r"\breferrals?\b(?! (?:letter|from (?:your|a|the) (?:doctor|gp|family)))",
        r"\bpass (?:my|our) \w+ (?:around|on|to)\b",
        r"\bspread the word\b",
        r"\bkeep (?:us|me) in mind\b",
        r"\btell (?:your|the|other) [\w ]{2,30} about (?:us|me)\b",
        r"\bsend (?:your|a|any) [\w ]{2,30}(?: my way| our way| to us| to me)\b",
        r"\bis there a colleague in another part of\b",
        r"\b(?:have|has) (?:I|we) earned\b[^.?!]*\b(?:referral|introduction|name)",
    ),
    "rec": _any(
        rf"\b(?:you|please|will|do|and|to) recommend {_US}\b",
        r"\b(?:leave|write|post|drop)\b[^.?!]{0,30}\b(?:review|testimonial)\b",
        r"\b(?:be|act as|as) (?:a|our|my) reference\b",
        r"\byour recommendation (?:of|to)\b",
    ),
    "recommend": _any(
        rf"\b(?:you|please|will|do|and|to) recommend {_US}\b",
        r"\byour recommendation (?:of|to)\b",
        r"\breference\b[^.?!]{0,40}\b(?:towards|with) (?:the|your)\b",
    ),
    "pressure": _any(
        r"\bleast you (?:can|could) do\b|\bonly fair that you\b|\byour turn\b",
        r"\bowes? (?:us|me)\b|\bno for an answer\b|\bsay no to that\b",
        r"\bpromised (?:us|me) (?:a|one|some|two)\b|\blose my job\b|\bbegging\b|\blet me down\b",
        r"\bmust know (?:some|any)|\bsurely you\b|\bkeep (?:calling|asking)\b",
        r"\b(?:I|we) (?:need|must have|insist)\b[^.?!]{0,30}\b(?:names?|referrals?"
        r"|contacts?|introductions?)\b",
        r"\b(?:unless|until|without) [^.?!]{0,30}\b(?:names?|contacts?|somebody|someone"
        r"|referrals?)\b",
        r"\b(?:give|get|name)\b[^.?!]{0,40}\bor (?:the|your|we|I)\b",
        r"\b(?:everyone|everybody) else (?:gave|gives|did|does|has)\b|\bungrateful\b",
    ),
    "reward": re.compile(
        rf"(?=.*(?:{words.REWARD.pattern}))"
        r"(?=.*(?:\byou(?:'ll|'d|r?s)?\b (?:\w+ )?(?:get|receive|earn|pocket|win|have"
        r"|choose)\b|\b(?:it|card|voucher|gift|fee|month|dinner|bonus|something|one)\b"
        r"[^.?!]{0,20} for you\b"
        r"|\b(?:we|I)(?:'ll|'d| will| would)? (?:\w+ )?(?:give|pay|send|throw|waive|credit"
        r"|knock|take|reward"
        r"|fly|treat|slip|get|thank|do)\b|\bin it for you\b|\bworth your while\b|\bearn\b"
        r"|\bfancy\b"
        r"|\bon us\b|\bon the house\b|\braffle\b|\bfinder|\breferral fee\b|\byour next\b"
        r"|\bboth (?:get|win)\b))",
        re.IGNORECASE | re.DOTALL,
    ),
}
"""A sentence with such words does it, whatever the head says."""

NOT_HERE: Final[Mapping[str, re.Pattern[str]]] = {
    "reconfirm": _any(
        r"^(?:and |but |so |only )?(?:if|whenever|provided|in case|as long as|should)\b",
        r"\bwill (?:arrive|take|come|ring|call|be)\b|\bwe'll\b",
    ),
}
"""A clause with such words doesn't do it; another clause of the sentence may."""

NEVER: Final[Mapping[str, re.Pattern[str]]] = {
    "reconfirm": _any(
        r"\bif (?:you|it|our|the|everything|things)\b[^.?!]{0,40}\b(?:happy|found|like"
        r"|enjoy|satisf|"
        r"pleased|good|useful|valuable|fixed|works)",
        r"\btrack record\b|\bdid you know\b|\bafter (?:all|everything) (?:we|I|that)\b",
        r"\b(?:thank you|thanks) for (?:recommending|introducing|sending|passing|being|calling)\b",
        r"\b(?:thank you|thanks) for (?:the|your) (?:review|referral|recommendation|stars)\b",
        r"\bthanks to your\b",
        r"\byou (?:should|will|shall|can expect to) (?:see|get|receive|have|hear)\b",
        r"\b(?:not yet|unfortunately|we are working on)\b",
        r"\b(?:isn't|is not|doesn't|does not|not|still) (?:fixed|solved|work|working"
        r"|resolved|broken|"
        r"down|open|waiting)\b",
        r"\bwe did our part\b|\bwe have done our part\b|\bowe\b",
    ),
    "help": _any(
        r"\b(?:anything|something|what) else\b[^.?!]*\b(?:you|do)\b(?!.*\bknow\b)",
        r"\b(?:thank you|thanks) (?:for|to)\b",
    ),
    "intro": _any(
        r"\b(?:thank you|thanks) (?:for (?:recommending|introducing|sending|passing)|to your)\b",
        r"\b(?:introduce|put|connect) you\b",
        r"\bput you two\b",
        r"\bintroduc\w* (?:myself|our new|the new|ourselves)\b",
        r"\bname\w*\b[^.?!]{0,20}\bof (?:the |all |your )?(?:passenger|patient|guest"
        r"|travell?er|bank|gp|"
        r"account|driver|doctor)",
        r"\byou were (?:referred|introduced|sent)\b",
        r"\b(?:anything|something) else\b[^.?!]{0,20}\b(?:I|we) (?:can|could)\b",
        r"\bwe (?:could |can )?(?:referred|refer) your\b|\bwho(?:m)? else did you\b",
        r"\breferral (?:letter|before|from (?:your|a|the|dr))\b",
    ),
    "rec": _any(
        r"\b(?:thank you|thanks)\b",
        r"\b(?:I|we|doctor|he|she) (?:would |strongly |also )?recommends?\b",
        r"\b(?:our|my) recommendation (?:is|would)\b",
        r"\breference (?:number|is|on the)\b|\bfor your reference\b",
        r"\breview (?:your|the|of your|it|them) ",
        r"\bsurvey\b",
    ),
    "facts": _any(
        r"\bwe agreed\b|\bas agreed\b|\bwe delivered\b|\byou (?:told|said|wrote|rated)\b"
    ),
    "pressure": _any(
        r"\bno pressure\b|\bno hurry\b|\bperfectly (?:fine|all right)\b|\bonly if you\b"
        r"|\bno need\b",
        r"\byou don't (?:owe|have|need)\b|\bneed (?:help|a hand|support)\b|\bwe'd only ask\b",
        r"\bhave to (?:tell|say)\b",
    ),
}
"""A sentence or clause with such words does not do it, whatever the head says."""

POLITE: Final = re.compile(
    r"\b(?:may|might|could|can) I (?:just |also |please )?(?:ask|check|say|add)\b"
    r"|\bI(?:'m| am| was)? (?:just |also |so |really |very |truly )*(?:wonder(?:ing|ed)?"
    r"|hope|hoping|glad"
    r"|happy|pleased|delighted|relieved|sure|sorry|think|know|guess|see|hear|trust|understand|bet"
    r"|suppose|take it|believe|imagine|mean|remember)\b"
    r"|\bI(?:'d| would) (?:like|love) to ask\b"
    r"|\bI(?:'d| would) (?:be|feel) (?:so |very |most )?(?:grateful|glad|happy|honou?red)"
    r" if you (?:could"
    r"|would)?(?= (?:introduce|connect|put|bring|tell) us)"
    r"|\b(?:excuse|forgive|tell|let) me\b(?=,| (?:ask|know|if|whether|say))",
    re.IGNORECASE,
)
"""One person's politeness round an ask that is made as 'we'."""

TOGETHER: Final = re.compile(
    r"\bour (?:work|time|project|years?) together\b|\bbetween us\b|\blet's\b", re.IGNORECASE
)
"""We as you and I: not the organisation."""

BARE: Final = re.compile(
    r"\b(?:referrals|leads|contacts)\b|\b(?:a|one|any|for) referrals?\b(?! fee)"
    r"|\b(?:names?|numbers?) (?:and (?:names?|numbers?) )?(?:of|from) (?:\w+"
    r" ){0,2}(?:people|friends|"
    r"acquaintances|folks|persons)\b|\b(?:two|three|four|five|some|any|more|the|couple of"
    r"|few) (?:\w+ )?names\b"
    r"|\bwho(?:m)? can you (?:refer|give)\b|\bwho'?ve you got\b|^\s*(?:know|got) (?:anybody"
    r"|anyone|somebody"
    r"|someone)(?: for (?:us|me))?\W*$|\bwho can you refer\b|\breferrals?\?",
    re.IGNORECASE,
)
"""Wants referrals as such (P17)."""

EARNED: Final = re.compile(
    r"\btrack record\b|\b(?:have|has|'ve) (?:we|I)? ?earned\b|\bearned (?:the|a|it)\b|\bbased on\b"
    r"|\bwe agreed\b|\bas agreed\b|\bas promised\b|\bdelivered\b",
    re.IGNORECASE,
)
"""Shows something for it."""

RELATION: Final = re.compile(
    r"\b(?:we|I)(?:'ve| have)?(?: also| still)? (?:work|worked|look after|looked after"
    r"|serve|served)"
    r"(?: closely)? ?(?:with|for|together with)?\b",
    re.IGNORECASE,
)
"""The professional relationship itself, which may be said (P24)."""
