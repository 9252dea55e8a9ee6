"""Somebody's own words, checked: what is found, where, and what is said instead."""

from __future__ import annotations

import json
from operator import lt

import numpy as np
import pytest
from bench import wording
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared_path
from tools.wording.asks import fingerprint, kept_back, letters_kept_back
from warmhand.listening.encoder import encoder
from warmhand.problems import Invalid
from warmhand.wording import CODES, KEYS, check, context_from, network

GOOD = "Is everything working the way you wanted? Good. Who else do you know that we could help?"

BELOW: dict[tuple[str, str], tuple[float, float]] = {
    ("ours", "rec"): (0.93, 0.95),
    ("ours", "help"): (0.95, 0.94),
    ("ours", "i_not_we"): (0.95, 0.93),
    ("ours", "reward_to_coworker"): (0.95, 0.89),
    ("ours", "pressure"): (0.95, 0.9),
    ("k", "bare_referrals"): (0.95, 0.85),
    ("k", "others_facts"): (0.9, 0.94),
    ("q", "rec"): (0.93, 0.95),
    ("q", "none"): (0.95, 0.89),
    ("q", "no_reconfirmation"): (0.89, 0.92),
    ("q", "no_help"): (0.9, 0.91),
    ("q", "bare_referrals"): (0.91, 0.95),
    ("q", "reward_undisclosed"): (0.89, 0.81),
    ("q", "pressure"): (0.81, 0.91),
    ("z", "reward_undisclosed"): (0.92, 0.95),
    ("zz", "none"): (0.95, 0.91),
    ("zz", "bare_referrals"): (0.92, 0.95),
    ("zz", "others_facts"): (0.92, 0.95),
    ("zz", "pressure"): (0.9, 0.95),
}
"""Where an author who taught nothing is read less well than `ENOUGH`: floors of precision and
recall, just below what was measured."""
OF_LETTERS: dict[str, tuple[float, float]] = {
    "intro": (0.92, 0.95),
    "rec": (0.82, 0.95),
    "none": (0.95, 0.7),
    "reconfirm": (0.9, 0.95),
    "help": (0.9, 0.92),
    "no_reconfirmation": (0.83, 0.83),
    "i_not_we": (0.83, 0.95),
    "no_help": (0.82, 0.9),
    "bare_referrals": (0.82, 0.76),
    "recommend_not_introduce": (0.92, 0.95),
    "reward_to_coworker": (0.63, 0.74),
    "reward_undisclosed": (0.95, 0.74),
    "others_facts": (0.59, 0.91),
    "pressure": (0.85, 0.79),
}
"""The same for whole letters, of all their authors together."""
ENOUGH = 0.95
FEW = 10
"""In fewer texts of one author a label tells nothing; it counts among all authors together."""


@pytest.fixture(scope="module")
def reader():
    return encoder()


def codes(text, reader=None, **context):
    return {each.code for each in check(text, context_from(context), encoder=reader).breaches}


def test_the_labelled_asks_of_the_shared_folder_are_read_rightly(reader):
    rows = json.loads((shared_path("wording") / "asks_dev.json").read_text())
    read = [check(row["text"], encoder=reader) for row in rows]
    truths = {
        "we": [(bool(row["we"]), each.we) for row, each in zip(rows, read, strict=True)],
        "reconfirm": [
            (bool(row["reconfirm"]), each.reconfirm) for row, each in zip(rows, read, strict=True)
        ],
        "help": [(bool(row["help"]), each.help) for row, each in zip(rows, read, strict=True)],
    }
    for kind in ("intro", "rec", "none"):
        truths[kind] = [
            (row["kind"] == kind, each.kind == kind) for row, each in zip(rows, read, strict=True)
        ]
    for name, pairs in truths.items():
        right = sum(is_ and said for is_, said in pairs)
        assert wording.share(right, sum(said and not is_ for is_, said in pairs)) >= 0.95, name
        assert wording.share(right, sum(is_ and not said for is_, said in pairs)) >= 0.95, name


@pytest.mark.slow
def test_who_taught_nothing_is_read_as_well_as_before(reader):
    """Each author by themself, and all together: there every label reaches `ENOUGH`."""
    pairs = {author: wording.read(rows, reader) for author, rows in kept_back().items()}
    short = [
        (author, name, *reached)
        for author, theirs in pairs.items()
        for name, reached in reaches(theirs, at_least=FEW).items()
        if any(map(lt, reached, BELOW.get((author, name), (ENOUGH, ENOUGH))))
    ]
    everybodys = [each for theirs in pairs.values() for each in theirs]
    short += [("all", *each) for each in reaches(everybodys).items() if min(each[1]) < ENOUGH]
    assert not short


@pytest.mark.slow
def test_letters_of_who_taught_nothing_are_read_as_well_as_before(reader):
    """Whole e-mails, and what is said at length: the ask stands somewhere among other business."""
    pairs = [each for rows in letters_kept_back().values() for each in wording.read(rows, reader)]
    floors = {name: OF_LETTERS.get(name, (ENOUGH, ENOUGH)) for name in wording.LABELS}
    found = reaches(pairs)
    assert not {name: found[name] for name in floors if any(map(lt, found[name], floors[name]))}


ASK = "You owe us a referral after all we did for you, so give me five names by Friday."
BUSINESS = (
    "The part ships from Kiel tonight and should be with you on Thursday before noon. "
    "The driver needs a signature. Your accounts team gets the invoice at the end of the month, "
    "and the old unit is collected two weeks later; nobody has to pack it. "
)


@pytest.mark.parametrize("before", [0, 4, 9, 20])
@pytest.mark.parametrize("after", [0, 4, 20])
def test_an_ask_is_found_wherever_it_stands_in_a_long_text(before, after, reader):
    text = BUSINESS * before + ASK + " " + BUSINESS * after
    assert {"pressure", "no_reconfirmation", "no_help"} <= codes(text, reader)


def test_business_at_length_asks_for_nothing(reader):
    assert codes(BUSINESS * 20, reader) == set()


@given(st.lists(st.from_regex(r"\A[a-z.,?!]{1,9}\Z"), max_size=1200), st.sampled_from(" \n\t"))
def test_every_word_of_a_long_text_is_read_and_never_too_many_at_once(words, between):
    text = between.join(words)
    passages = network.passages(text)
    assert all(len(each.split()) <= network.WORDS for each in passages)
    assert all(each in text for each in passages)
    half = network.WORDS // 2
    read = [passages[0].split(), *(each.split()[half:] for each in passages[1:])]
    assert [word for each in read for word in each] == words


def reaches(pairs, *, at_least=0):
    """Precision and recall of each label that so many texts bear."""
    told = {
        name: each for name, each in wording.figures(pairs).items() if sum(each[::2]) >= at_least
    }
    return {
        name: (wording.share(right, wrong), wording.share(right, missed))
        for name, (right, wrong, missed) in told.items()
    }


@pytest.mark.parametrize("by_encoder", [True, False])
def test_a_good_ask_has_nothing_wrong(by_encoder, reader):
    checked = check(GOOD, encoder=reader if by_encoder else None)
    assert (checked.kind, checked.breaches) == ("intro", ())
    assert checked.as_dict()["has"] == {"we": True, "reconfirm": True, "help": True}
    assert checked.read_by == ("rules and encoder" if by_encoder else "rules")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Who else do you know that we could help?", "no_reconfirmation"),
        ("Is it fixed now? Who do you know that I could help?", "i_not_we"),
        ("Is it fixed now? Would you introduce us to your landlord?", "no_help"),
        ("Hey, can you give me some referrals?", "bare_referrals"),
        ("Would you recommend us to your friends?", "recommend_not_introduce"),
        ("Tell your colleagues about us and you get a voucher.", "reward_to_coworker"),
        ("Tell your friends about us and you get a voucher.", "reward_undisclosed"),
        (
            "We got Mr Brown a settlement of 90,000 after his divorce. Who else do you know?",
            "others_facts",
        ),
        ("You owe us a referral after all we did for you.", "pressure"),
    ],
)
def test_each_code_has_a_text_that_earns_it_and_the_good_ask_does_not(text, code, reader):
    assert code in codes(text, reader)
    assert code not in codes(GOOD, reader)


def test_every_code_is_told_with_its_practice_and_a_suggestion(reader):
    text = "You owe me. Get me your colleagues' names and you get 50 euros."
    for each in check(text, encoder=reader).breaches:
        told = each.as_dict()
        assert set(told) == {"code", "span", "sentence", "suggestion", "practice"}
        assert all(told.values())
        assert told["practice"] == CODES[each.code].practice


def test_the_span_is_the_place_in_the_text(reader):
    text = "Is it fixed now? Lovely.  Who do you know that I could help?"
    found = next(b for b in check(text, encoder=reader).breaches if b.code == "i_not_we")
    assert text[slice(*found.span)] == "I"


def test_the_suggestion_is_made_from_what_is_known(reader):
    known = context_from({"kind": "ask", "client": "Ada", "case": "the router"})
    first = check("Who do you know?", known, encoder=reader).breaches[0]
    assert first.code == "no_reconfirmation"
    assert first.suggestion.startswith("Ada, ")
    assert "'the router'" in first.suggestion


def test_a_reward_for_a_colleague_is_wrong_by_the_kind_alone():
    text = "Who else should we meet? You get a 100 dollar card for each."
    assert "reward_to_coworker" in codes(text, kind="ask_coworker")
    assert "reward_to_coworker" not in codes(text, kind="ask")


def test_a_reward_with_its_disclosure_is_right():
    line = "I was given a reward for telling you."
    text = f"Introduce us to a friend and you get 200 dollars. {line}"
    assert "reward_undisclosed" not in codes(text, disclosure=line)
    assert "reward_undisclosed" in codes(text.replace(line, ""), disclosure=line)


def test_names_and_facts_of_others_are_found_wherever_they_stand():
    text = "Is it fixed now? We also work with Helvetia Tools. Who else do you know?"
    assert "others_facts" in codes(text, other_clients=["Helvetia Tools"])
    assert "others_facts" in codes(text, facts=["work with Helvetia"])
    assert "others_facts" not in codes(text)


def test_the_clients_own_records_are_nobodys_breach():
    text = "Is 'My free gift' fixed now? Who else do you know that we could help?"
    assert codes(text, case="My free gift") == set()


def test_a_text_meant_as_an_ask_is_checked_as_one_even_if_it_asks_nothing():
    assert codes("Nice weather today.") == set()
    assert "no_reconfirmation" in codes("Nice weather today.", kind="ask")


@pytest.mark.parametrize("name", [network.ASKS, network.LETTERS])
def test_a_network_was_taught_by_what_stands_here(name):
    """`python -m tools.wording network` was run after the last change of an ask or a sentence."""
    kept = network._session(name).get_modelmeta().custom_metadata_map
    assert kept[network.TAUGHT_BY] == fingerprint(letters=name == network.LETTERS)


def test_where_the_network_is_not_sure_who_speaks_alone_the_rule_decides(reader, monkeypatch):
    def read_as(number, text="Is it fixed now? Who do you know that I could help?"):
        alone = network.NAMES.index("alone")
        given = np.array([9.0] + [-9.0] * (len(network.NAMES) - 1), np.float32)
        given[alone] = network.FROM["alone"] + number
        monkeypatch.setattr(network, "numbers", lambda *_, **__: given)
        return codes(text, reader)

    assert "i_not_we" in read_as(-0.9)
    assert "i_not_we" not in read_as(-1.1)
    nobody = "Is it fixed now? Who else might be helped?"
    assert "i_not_we" in read_as(1.1, nobody)
    assert "i_not_we" not in read_as(0.9, nobody)


@given(text=st.text(max_size=300), secret=st.text(max_size=20))
def test_no_text_is_too_odd_and_every_span_lies_in_it(text, secret):
    checked = check(text, context_from({"facts": [secret], "client": secret}))
    for each in checked.breaches:
        assert 0 <= each.span[0] <= each.span[1] <= len(text)


@pytest.mark.parametrize(
    ("context", "field"),
    [
        ({"colour": "red"}, "context.colour"),
        ({"kind": "raffle"}, "context.kind"),
        ({"kind": []}, "context.kind"),
        ({"client": 1}, "context.client"),
        ({"reward": "yes"}, "context.reward"),
        ({"facts": "x"}, "context.facts"),
        ({"facts": ["x"] * 1001}, "context.facts"),
    ],
)
def test_a_wrong_context_is_refused_by_name(context, field):
    with pytest.raises(Invalid) as refused:
        context_from(context)
    assert [place.field for place in refused.value.places] == [field]


def test_every_key_of_the_context_is_known():
    assert set(KEYS) >= {"kind", "client", "company", "other_clients", "facts", "disclosure"}


GERMAN = (
    "Ist Ihr Anliegen gelöst? Kennen Sie jemanden, dem wir genauso helfen könnten? Acme sagt ja."
)


@pytest.mark.parametrize("by", [None, encoder()], ids=["rules", "encoder"])
def test_another_language_is_not_checked_as_if_it_were_english(by):
    checked = check(GERMAN, encoder=by)
    assert checked.as_dict() == {
        "kind": "none",
        "breaches": [],
        "has": {"we": False, "reconfirm": False, "help": False},
        "read_by": "nothing",
        "reason": {
            "code": "other_language",
            "sentence": "This reads as German; we check English only so far.",
            "lift": checked.why_not.lift,
        },
    }
    assert set(check(GOOD, encoder=by).as_dict()) == {"kind", "breaches", "has", "read_by"}


def test_what_may_not_be_said_is_found_in_any_language(reader):
    assert codes(GERMAN, reader, other_clients=["Acme"]) == {"others_facts"}
    assert codes(GERMAN, reader, other_clients=["Acm"]) == set()
    due = {"reward": True, "disclosure": "Wir bekommen dafür 20 Euro."}
    asked = {**due, "kind": "ask"}
    assert codes(GERMAN, reader, **asked) == {"reward_undisclosed"}
    assert codes(f"{GERMAN} {due['disclosure']}", reader, **asked) == set()
    assert codes(GERMAN, reader, **due) == set()  # nobody says that it is an ask
