"""A link opens one workspace, for one purpose, until it is answered, expired or withdrawn."""

from __future__ import annotations

import logging

import pytest
from django.core import signing
from django.db import connection
from django_scopes import scopes_disabled
from hypothesis import given
from hypothesis import strategies as st

from warmhand.apps.island.scope import workspace_scope
from warmhand.apps.journal import services as journal
from warmhand.apps.journal.models import Entry
from warmhand.apps.messaging import queries, services, stamps
from warmhand.apps.messaging.door import visiting
from warmhand.apps.messaging.models import LinkOutcome, PublicLink
from warmhand.apps.messaging.tokens import address_hashes, new_seed, tokens_of
from warmhand.config.logs import WithoutTokens, without_tokens
from warmhand.problems import Conflict, NotFound, Problem

PATTERN = "https://warm.example/p/survey/{token}/"
PROOF = services.Proof("127.0.0.1", "a browser", "survey-en-1")


def made(world, client, object_id=7, **values) -> PublicLink:
    return services.link_to(
        by=world.by,
        purpose="survey",
        client_id=client.pk,
        object_id=object_id,
        sentence="Made a link.",
        **values,
    )


def token_of(link: PublicLink) -> str:
    return services.address_of(link, "{token}")


@pytest.fixture
def link(closed_world, time) -> PublicLink:
    with workspace_scope(closed_world.workspace.pk):
        return made(closed_world, closed_world.client())


def opens(token: str, purpose: str = "survey") -> bool:
    try:
        with visiting(token, purpose) as visit:
            return visit.workspace_id > 0
    except NotFound:
        return False


def test_the_right_token_opens_its_workspace_and_no_other(link, closed_world):
    with visiting(token_of(link), "survey") as visit:
        assert visit.workspace_id == closed_world.workspace.pk
        assert (visit.object_id, visit.client_id, visit.edition) == (7, link.client_id, 0)
        with pytest.raises(Problem, match="open already"), workspace_scope(closed_world.other.pk):
            pass


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 10_000, "\x00", "ü"])
def test_a_wrong_token_opens_nothing(link, token):
    assert not opens(token)
    assert not opens(link.token_hash), "what is kept is no key"
    assert not opens(link.seed), "nor is what the key is made of"


def test_a_link_is_for_one_purpose(link):
    assert not opens(token_of(link), "confirmation")


def test_it_expires(link, time):
    time.passes(days=29, hours=23)
    assert opens(token_of(link))
    time.passes(hours=2)
    assert not opens(token_of(link))


def test_withdrawn_it_opens_nothing_and_undo_brings_it_back(link, closed_world):
    with workspace_scope(closed_world.workspace.pk):
        services.withdraw_link(by=closed_world.by, link_id=link.pk)
        entry = Entry.objects.order_by("-pk").first()
    assert not opens(token_of(link))
    with workspace_scope(closed_world.workspace.pk):
        journal.undo(by=closed_world.by, entry_id=entry.pk)
    assert opens(token_of(link))


def test_the_same_link_is_shown_again_until_it_is_answered(world, time):
    client = world.client()
    first = made(world, client)
    assert made(world, client) == first
    services.take_outcome(link_id=first.pk, edition=0, proof=PROOF)
    with pytest.raises(Conflict) as refused:
        made(world, client)
    assert refused.value.code == "link_answered"


def test_an_expired_link_is_replaced(world, time):
    client = world.client()
    first = made(world, client)
    time.passes(days=31)
    second = made(world, client)
    assert second != first
    assert PublicLink.objects.filter(ended_at=None).count() == 1


def test_after_a_change_of_the_key_links_work_and_are_shown_while_the_old_key_is_known(
    link, closed_world, settings
):
    token, old = token_of(link), settings.SECRET_KEY
    settings.SECRET_KEY = "another key, as long as it has to be for this test"
    assert opens(token), "found by its hash"
    with pytest.raises(Conflict) as refused:
        token_of(link)
    assert refused.value.code == "link_unreadable"
    with workspace_scope(closed_world.workspace.pk):
        assert made(closed_world, link.client) != link, "a new one takes its place"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert token_of(link) == token


def test_an_answer_may_be_corrected_for_a_day(link, time):
    token = token_of(link)
    with visiting(token, "survey") as visit:
        services.take_outcome(link_id=link.pk, edition=visit.edition, proof=PROOF)
    time.passes(hours=23)
    with visiting(token, "survey") as visit:
        assert visit.edition == 1
        services.take_outcome(link_id=link.pk, edition=1, proof=PROOF)
    time.passes(hours=2)
    assert not opens(token), "24 hours after the first answer, not after the last"


def test_of_two_answers_to_one_page_the_second_is_refused(world, time):
    link = made(world, world.client())
    services.take_outcome(link_id=link.pk, edition=0, proof=PROOF)
    with pytest.raises(Conflict) as refused:
        services.take_outcome(link_id=link.pk, edition=0, proof=PROOF)
    assert refused.value.code == "answered_meanwhile"
    assert [(o.edition, o.address, o.text_version) for o in LinkOutcome.objects.all()] == [
        (1, "127.0.0.1", "survey-en-1")
    ]


def test_before_a_workspace_is_open_only_the_named_link_is_seen(link, closed_world):
    """Row-level security, with the application's filters off."""
    with scopes_disabled():
        assert PublicLink.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.public_link', %s, true)", [link.token_hash])
        assert list(PublicLink.objects.all()) == [link]


def test_neither_journal_nor_database_hold_the_token(link, closed_world):
    token = token_of(link)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.workspace', %s, true)", [str(closed_world.workspace.pk)]
        )
        for table in ("messaging_publiclink", "journal_entry"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows = " ".join(row[0] for row in cursor.fetchall())
            assert rows
            assert token not in rows
            assert table != "journal_entry" or link.seed not in rows


def test_tokens_are_long_and_each_its_own():
    seeds = {new_seed() for _ in range(200)}
    tokens = {next(tokens_of(seed)) for seed in seeds}
    assert len(tokens) == 200
    assert {len(token) for token in tokens} == {32}, "192 bits"


def test_addresses_are_hashed_apart_in_each_workspace_and_alike_in_any_case():
    assert address_hashes(1, "Ada@Kettle.example ") == address_hashes(1, "ada@kettle.example")
    assert address_hashes(1, "ada@kettle.example") != address_hashes(2, "ada@kettle.example")


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (0, "form_too_quick"),
        (2.9, "form_too_quick"),
        (3, ""),
        (86_400, ""),
        (86_401, "form_too_old"),
    ],
)
def test_a_form_takes_a_person_three_seconds_and_lasts_a_day(time, seconds, code):
    text = stamps.stamp("link 1", 4)
    time.passes(seconds=seconds)
    if code:
        with pytest.raises(Problem) as refused:
            stamps.read_stamp(text, "link 1")
        assert refused.value.code == code
    else:
        assert stamps.read_stamp(text, "link 1").edition == 4


@given(text=st.text())
def test_no_text_of_ones_own_is_a_stamp(text):
    with pytest.raises(Problem):
        stamps.read_stamp(text, "link 1")


def test_a_stamp_of_another_page_or_purpose_is_none(time):
    text = stamps.stamp("link 1")
    other = signing.dumps(["link 2", 0, time.now().timestamp()], salt="another")
    time.passes(seconds=5)
    for wrong in (other, text[:-1], ""):
        with pytest.raises(Conflict) as refused:
            stamps.read_stamp(wrong, "link 2")
        assert refused.value.code == "form_not_ours"
    with pytest.raises(Conflict):
        stamps.read_stamp(text, "link 2")


@pytest.mark.parametrize(
    "path",
    [
        "/p/survey/SECRET/",
        "/p/stop/SECRET/",
        "/invitations/SECRET/",
        "/accounts/password/reset/key/SECRET/",
        "GET https://warm.example/p/case/SECRET?x=1",
    ],
)
def test_tokens_are_blotted_out_of_logs(path):
    assert "SECRET" not in without_tokens(path)
    record = logging.LogRecord("x", 30, "x", 1, "Not Found: %s", (path,), None)
    WithoutTokens().filter(record)
    assert "SECRET" not in record.getMessage()
    assert record.getMessage().startswith("Not Found: ")


def test_a_traceback_is_blotted_too(settings):
    try:
        raise RuntimeError("/p/survey/SECRET/ broke")
    except RuntimeError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", 40, "x", 1, "Failed", (), info)
    WithoutTokens().filter(record)
    written = logging.Formatter().format(record)
    assert "RuntimeError" in written
    assert "SECRET" not in written
    for handler in settings.LOGGING["handlers"].values():
        assert "tokens" in handler["filters"], "each handler of ours blots"


def test_newest_links_are_by_what_they_are_about(world, time):
    client = world.client()
    first = made(world, client, object_id=1)
    services.withdraw_link(by=world.by, link_id=first.pk)
    again = made(world, client, object_id=1)
    other = made(world, client, object_id=2)
    assert queries.newest_links("survey", [1, 2, 3]) == {1: again, 2: other}
