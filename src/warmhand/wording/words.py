"""Classes of words that the rules and the heads look for. English; one definition each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final


def _any(words: str) -> re.Pattern[str]:
    """One pattern for words or phrases parted by commas; `*` stands for any ending."""
    parts = [each.strip().replace("*", r"\w*").replace(" ", r"\s+") for each in words.split(",")]
    return re.compile(rf"(?<![\w'])(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


WE: Final = _any("we, us, our, ours, ourselves, we're, we'd, we'll, we've, let's")
ONE: Final = re.compile(
    r"(?<![\w'])(?:I|i|[Ii]'(?:m|d|ll|ve)|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ii]m|[Ii]ve)(?![\w.])"
)
"""One person speaks of themself."""

SOMEBODY: Final = _any(
    "friend*, neighbo*, colleague*, co-worker*, coworker*, somebody, someone, anybody, anyone,"
    "who else, whom, whoever, people, person, folks, family, families, relative*, sister*,"
    " brother*,"
    "cousin*, mother, father, mum, mom, dad, son, daughter, wife, husband, partner*, mate, mates,"
    "buddy, buddies, peer*, acquaintance*, counterpart*, circle, network, contacts, landlord*,"
    "tenant*, supplier*, competitor*, boss, manager*, director*, owner*, fellow, kin, classmate*,"
    "others, another, them, they, him, her, he, she, any of your, other, else, some1, any1"
)
"""Somebody new."""

COLLEAGUE: Final = _any(
    "colleague*, co-worker*, coworker*, workmate*, team mate*, teammate*, department*,"
    " dept, dept.,"
    "your boss, your manager, their manager, your company, your firm, your organisation,"
    "your organization, other teams, another team of yours, other team, business unit*, division*,"
    "other branches, other plants, other offices, sister department, in your team, your team,"
    "your * manager*, your * director*, your * boss, hr director, it director, hr department,"
    "in-house, employee*, procurement, purchasing, your employer, head office, other units,"
    "it guys, marketing people, facility team, legal department, hr team, accounts department,"
    "upstairs, office of your company, sister company, other areas"
)
"""Somebody of the client's own company."""

HELP: Final = _any(
    "help*, assist*, support*, a hand, sort * out, sort, fix, relieve*, spare, ease, look after,"
    "take care, take good care, take great care, of use, useful, benefit*, make * easier, serve,"
    "solve, rescue, untangle, unstick*, get them, stand by, there for, good hands, walk * through,"
    "look into, take a look, have a look, worries, struggl*, stuck, need*, trouble, same"
    " situation,"
    "same boat, off their, give them, be there, look at theirs, guide, advise, do something for"
)
RESOLVED: Final = _any(
    "resolved, solved, sorted, fixed, settled, working, works, worked, running, done, finished,"
    "complete, completed, happy, pleased, glad, satisfied, satisfaction, delighted, relieved,"
    "content, repaired, delivered, arrived, cleared, gone, back, taken care, took care, in order,"
    "all set, all good, all right, ok, okay, better, put right, as agreed, as promised, confirmed,"
    "confirm, love, smooth*, answered, handled, approved, accepted, healthy, dry, right"
)
REFERRAL: Final = _any(
    "referral*, lead, leads, names, contacts, name, contact, introductions, refer"
)
INTRODUCE: Final = _any(
    "introduc*, in touch, in contact, connect*, put me through, meet, meeting, pass * on, pass,"
    "tell, mention*, forward, spread, send, hand, invite, bring, share, open * door, refer, point,"
    "champion, hook * up, hook, speak to, speak with, talk to, word with, contact, present"
    " us, know,"
    "cc, copy, think of, comes to mind, keep us in mind, keep me in mind, approach, calling, call,"
    "offering, make us known, shout-out, give"
)
RECOMMEND: Final = _any("recommend*, reference, references, endorse*, vouch")
REVIEW: Final = _any(
    "review, reviews, testimonial*, quote, rate, rating, stars, star, case study, success story,"
    "trustpilot, google, yelp, app store, linkedin, facebook, instagram, comment, video, publish,"
    "logo, our website, our homepage, our site, our brochure, post about, feedback, online"
)
REWARD: Final = re.compile(
    r"(?:[$€£]\s?\d|\d\s?(?:[$€£%]|(?:euros?|dollars?|pounds?|bucks?|quid|percent|per cent"
    r"|points)\b))"
    r"|\b(?:vouchers?|gifts?|discounts?|free|for nothing|for nowt|bonus(?:es)?|rewards?"
    r"|rewarded|commission"
    r"|finder'?s fee|referral fee|cash|credit(?:ed)?|coupons?|prizes?|raffle|present|hamper|bottle"
    r"|crate|case of|champagne|wine|whisky|gin|beer|dinner|tickets?|spa|waived?|on us|on the house"
    r"|knock|off your|worth your while|empty-handed|tenner|fiver|earn|win|perk|incentive|kickback"
    r"|reimburse|refund you|pay you|pays? you|money off|takes? (?:fifty|\d+) off|a little"
    r" something"
    r"|month free|choose your|throw in)\b",
    re.IGNORECASE,
)
RETURN: Final = _any(
    "you get, you'll get, you'd get, you receive, you will receive, for you, you both,"
    "for each, for every, each time, per, in it for you, as a thank-you, as a thank you,"
    " reward, if you,"
    "you will get, you'd receive, you would get, you earn, yours, when you, whoever, your"
    " next, on us"
)
DISCLOSE: Final = _any(
    "let them know, tell them, say that you, say in, tell her, tell him, be open,"
    "knows about, will be told, disclos*, be honest, mention that, tell your friend, make clear,"
    "clear to them, tell them so, know that, be upfront, transparent, says so, in fairness, hide"
)
PRESSURE: Final = _any(
    "must, need, needs, owe, owes, have to, has to, unless, until, won't, before you, before we,"
    "right now, today, tonight, last chance, come on, surely, only fair, the least,"
    " everybody else,"
    "everyone else, all our, disappoint*, ungrateful, insist, expect, begging, desperate, or else,"
    "no excuses, can't say no, no for an answer, let * down, deadline, by friday, still waiting,"
    "keep calling, without a, without your, can't hold, can't keep, gone, a real friend,"
    " your turn,"
    "promised me, promised us, better give, lose my job, my job"
)
IF: Final = _any("if, should, in case, when, whenever, whoever")
NOT: Final = _any(
    "not, no, nobody, never, n't, isn't, doesn't, didn't, can't, won't, unfortunately, still, yet"
)
YOU: Final = _any("you, your, yours, you've, you're, you'd, ur, u")
DONE: Final = _any(
    "we did, we have, we've, we had, we got, we were able, we managed, you have, you've,"
    "you got, has been, have been, was, were, did, has, is, are, now that, now, since"
)
ELSE: Final = _any("else, another, other, others, too, as well, same, similar, next")
PERSON: Final = re.compile(
    r"(?<![.!?…:]\s)(?<!^)(?<!^[\"'(])\b(?!I\b"
    r"|I')(?:[A-Z][a-zà-ÿ]+(?:['’]s)?)(?:\s+(?:&\s+)?[A-Z][\wà-ÿ&]*)*"
    r"|\b(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme)\b"
)
FIGURE: Final = re.compile(
    r"\d{2,}|\b(?:half|third|thousand|million|hundred|percent|per"
    r" cent)\b|%"
)

CLASSES: Final[Mapping[str, re.Pattern[str]]] = {
    "we": WE,
    "one": ONE,
    "somebody": SOMEBODY,
    "colleague": COLLEAGUE,
    "help": HELP,
    "resolved": RESOLVED,
    "referral": REFERRAL,
    "introduce": INTRODUCE,
    "recommend": RECOMMEND,
    "review": REVIEW,
    "reward": REWARD,
    "return": RETURN,
    "disclose": DISCLOSE,
    "pressure": PRESSURE,
    "if": IF,
    "not": NOT,
    "you": YOU,
    "done": DONE,
    "else": ELSE,
    "person": PERSON,
    "figure": FIGURE,
}


def classes_of(text: str) -> tuple[bool, ...]:
    """Which classes of words a text has, in the order of CLASSES."""
    return tuple(bool(pattern.search(text)) for pattern in CLASSES.values())
