"""A client with one of every kind of record, made by the services: for tests of pages."""

from __future__ import annotations

from typing import Any

from tests.world import World
from warmhand.apps.directory import services as directory
from warmhand.apps.giving import services as giving
from warmhand.apps.gratitude import services as gratitude
from warmhand.apps.offers import services as offers
from warmhand.apps.people import services as people
from warmhand.apps.referrals import services as referrals
from warmhand.apps.work import services as work


def make_full_client(world: World) -> dict[str, Any]:
    """The records by the names that kinds have in addresses; the workspace must be open."""
    by = world.by
    ago = world.days_ago
    company = people.add_company(
        by=by,
        name="Kettle & Sons",
        sector="Foundry",
        city="Leeds",
        country="GB",
        domain="kettle.example",
        year_end_month=3,
    )
    client = people.add_client(
        by=by,
        name="Ada Kettle",
        company_id=company.pk,
        job_title="Head of Operations",
        email="ada@kettle.example",
        phone="+44 113 496 0000",
        keeper_id=world.members["account_manager"].pk,
        client_since=ago(420),
        notes="Rings back before nine.",
    )
    key = {"by": by, "client_id": client.pk}
    commitment = work.agree_commitment(
        **key,
        title="New stock system live before the fair",
        kind="project",
        agreed_on=ago(90),
        due_on=ago(30),
        target="Two hours less counting a day",
    )
    work.deliver_commitment(
        by=by,
        commitment_id=commitment.pk,
        on=ago(33),
        evidence_kind="link",
        evidence="https://kettle.example/protocol",
    )
    rating = work.rate(
        **key, score=9, on=ago(30), words="Smooth from start to end", commitment_id=commitment.pk
    )
    case = work.open_case(**key, title="Invoice sent twice", on=ago(20))
    work.resolve_case(by=by, case_id=case.pk, on=ago(12))
    offer = offers.make_offer(by=by, title="A free look at your stock", how_to_pass_on="By name.")
    referral = referrals.receive_referral(**key, new_person="Jan Peeters", on=ago(9))
    people.give_consent(**key, words="Yes, ask me", source="a call", on=ago(100))
    provider = directory.add_provider(by=by, client_id=client.pk, city="Leeds")
    done = {"by": by, "provider_id": provider.pk}
    return {
        "client": client,
        "company": company,
        "commitment": commitment,
        "open_commitment": work.agree_commitment(
            **key, title="A report on returns", kind="information", due_on=ago(-5)
        ),
        "rating": rating,
        "case": case,
        "offer": offer,
        "referral": referral,
        "contact": client.contact_points.first(),
        "thanks": gratitude.owe_thanks(**key, words="for the reference in Hull"),
        "survey": work.send_survey(**key, on=ago(3)),
        "answered": work.record_survey(
            **key, satisfied=9, would_recommend=9, would_introduce=4, words="Good", on=ago(40)
        ),
        "review": work.plan_review(**key, on=ago(-7)),
        "favour": giving.promise_favour(**key, what="Introduce them to the guild", due_on=ago(-3)),
        "done": giving.do_favour(**key, what="Lent our meeting room", on=ago(15), minutes=20),
        "need": giving.note_need(**key, words="Somebody for their new website"),
        "referral-given": giving.give_referral(**key, provider="Marl Design", on=ago(5)),
        "provider": provider,
        "service": directory.add_service(**done, name="Castings", words="Small lots"),
        "vouch": directory.vouch(**done, why_confident="Delivered early, twice."),
        "expertise": directory.note_expertise(**key, words="Casts bells in small lots"),
        "pass": offers.pass_offer(**key, offer_id=offer.pk, on=ago(6)),
        "key": people.add_key(
            **key, name="Ines Marl", company_name="Marl Design", relation="neighbours", closeness=4
        ),
        "busy": work.set_busy_time(
            by=by, company_id=company.pk, starts_on=ago(-20), ends_on=ago(-24 - 4), label="Fair"
        ),
    }
