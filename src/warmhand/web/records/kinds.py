"""Every kind of record, and what can be done about it. A new kind is a few lines here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.giving import queries as giving_reads
from warmhand.apps.giving import services as giving
from warmhand.apps.gratitude import queries as gratitude_reads
from warmhand.apps.gratitude import services as gratitude
from warmhand.apps.offers import queries as offer_reads
from warmhand.apps.offers import services as offers
from warmhand.apps.people import queries as people_reads
from warmhand.apps.people import services as people
from warmhand.apps.referrals import queries as referral_reads
from warmhand.apps.referrals import services as referrals
from warmhand.apps.work import queries as work_reads
from warmhand.apps.work import services as work
from warmhand.problems import NotFound

from . import forms, steps
from .act import Act, Kind

UNHAPPY: Final = 6
"""Up to here 'make good' is offered beside a rating; the policy decides what counts as unhappy."""

ABOUT_A_CLIENT: Final = {
    "commitment": Act(
        "Commitment",
        forms.CommitmentForm,
        work.agree_commitment,
        "clipboard-document-check",
        "Something we agreed on: a sale, a project, a trial, or a piece of information promised.",
    ),
    "case": Act(
        "Case",
        forms.CaseForm,
        work.open_case,
        "lifebuoy",
        "A concern of theirs. It ends when they say that it is resolved, not when we do.",
    ),
    "rating": Act(
        "Rating", forms.RatingForm, work.rate, "star", "How happy they are, in their own words."
    ),
    "survey": Act(
        "Survey answers",
        forms.SurveyForm,
        work.record_survey,
        "chat-bubble-bottom-center-text",
        "Four questions kept apart: who would recommend us need not be willing to introduce us.",
    ),
    "survey-sent": Act("Survey sent", forms.OnlyDated, work.send_survey, "paper-airplane"),
    "review": Act(
        "Review held",
        forms.HeldReview,
        work.hold_review,
        "calendar-days",
        "The meeting in which we show what was delivered and ask how happy they are.",
    ),
    "review-planned": Act(
        "Review planned", forms.PlannedReview, work.plan_review, "calendar-date-range"
    ),
    "favour": Act(
        "Favour",
        forms.FavourForm,
        giving.do_favour,
        "gift",
        "Something done for them that we cannot be paid for.",
    ),
    "favour-promised": Act(
        "Favour promised", forms.PromisedFavour, giving.promise_favour, "gift-top"
    ),
    "need": Act(
        "Need",
        forms.NeedForm,
        giving.note_need,
        "light-bulb",
        "Something they need, from others or from us.",
    ),
    "referral-given": Act(
        "Referral given", forms.GivenReferral, giving.give_referral, "arrow-up-right"
    ),
    "referral": Act(
        "Referral received",
        forms.ReferralForm,
        referrals.receive_referral,
        "arrow-down-left",
        "Somebody they introduced to us. Thanks are owed from this minute.",
    ),
    "thanks": Act("Thanks owed", forms.ThanksOwed, gratitude.owe_thanks, "heart"),
    "pass": Act("Offer to pass on", forms.PassForm, offers.pass_offer, "ticket"),
    "contact": Act(
        "E-mail or phone", forms.ContactPointForm, people.add_contact_point, "at-symbol"
    ),
    "key": Act(
        "Key",
        forms.KeyForm,
        people.add_key,
        "key",
        "Somebody they could introduce us to, one day. No ask names a key before it is earned.",
    ),
    "consent": Act("Consent given", forms.ConsentForm, people.give_consent, "hand-thumb-up"),
    "consent-withdrawn": Act(
        "Consent withdrawn", forms.ConsentForm, people.withdraw_consent, "hand-raised"
    ),
    "do-not-ask": Act(
        "Do not ask",
        forms.DoNotAsk,
        people.set_do_not_ask,
        "no-symbol",
        "Their wish, and nobody but they can lift it.",
        when=lambda client: not client.do_not_ask,
    ),
    "ask-again": Act(
        "They may be asked again",
        forms.AskAgain,
        people.lift_do_not_ask,
        "check-circle",
        when=lambda client: client.do_not_ask,
    ),
    "hand-over": Act(
        "Hand over",
        forms.HandOver,
        people.hand_over_client,
        "arrow-right-circle",
        ability=Ability.HAND_OVER,
    ),
    "edit": Act("Edit", forms.ClientForm, steps.change_client, "pencil-square"),
}


def _change(form: type[Any], do: Any) -> Act:
    return Act("Edit", form, do, "pencil-square")


KINDS: Final[Mapping[str, Kind]] = {
    "client": Kind(
        "client",
        people_reads.client_by_id,
        "client_id",
        ABOUT_A_CLIENT,
        people.remove_client,
        Act("Add a client", forms.NewClientForm, steps.add_client),
    ),
    "company": Kind(
        "company",
        people_reads.company_by_id,
        "company_id",
        {
            "busy": Act(
                "Busy time",
                forms.BusyTimeForm,
                work.set_busy_time,
                "calendar",
                "When they are not to be bothered. Times that touch become one.",
            ),
            "quarter-ends": Act(
                "Quarter ends",
                forms.NoFields,
                steps.add_quarter_ends,
                "calendar-date-range",
                "The last days of their coming five quarters, as many as the policy says.",
                when=lambda company: company.year_end_month,
            ),
            "commitment": Act(
                "Commitment",
                forms.CommitmentForm,
                work.agree_commitment,
                "clipboard-document-check",
                "Something agreed with the company rather than with one person.",
            ),
            "edit": _change(forms.CompanyForm, people.change_company),
        },
        people.remove_company,
        Act("Add a company", forms.CompanyForm, people.add_company),
    ),
    "contact": Kind(
        "contact point",
        people_reads.contact_point_by_id,
        "contact_point_id",
        {"edit": _change(forms.ChangedContactPoint, people.change_contact_point)},
        people.remove_contact_point,
    ),
    "key": Kind(
        "key",
        people_reads.key_by_id,
        "key_id",
        {"edit": _change(forms.KeyForm, people.change_key)},
        people.remove_key,
    ),
    "commitment": Kind(
        "commitment",
        work_reads.commitment_by_id,
        "commitment_id",
        {
            "deliver": Act(
                "Deliver",
                forms.Delivery,
                work.deliver_commitment,
                "check",
                when=lambda it: not (it.delivered_on or it.cancelled_on),
            ),
            "rate": Act(
                "Rate",
                forms.RatingForm,
                steps.rate_commitment,
                "star",
                "How happy they are with it.",
                when=lambda it: it.client_id and it.delivered_on,
            ),
            "edit": _change(forms.ChangedCommitment, work.change_commitment),
            "cancel": Act(
                "Cancel",
                forms.Dated,
                work.cancel_commitment,
                "x-circle",
                when=lambda it: not (it.delivered_on or it.cancelled_on),
            ),
        },
        work.remove_commitment,
    ),
    "case": Kind(
        "case",
        work_reads.case_by_id,
        "case_id",
        {
            "resolve": Act(
                "Resolve",
                forms.Dated,
                work.resolve_case,
                "check",
                "On our side. Whether it is resolved is theirs to say.",
                when=lambda it: not it.resolved_on,
            ),
            "confirm": Act(
                "They confirmed it",
                forms.Confirmation,
                work.confirm_case,
                "check-badge",
                when=lambda it: it.resolved_on and not it.confirmed_on,
            ),
            "reopen": Act(
                "Reopen",
                forms.JustWhy,
                work.reopen_case,
                "arrow-path",
                when=lambda it: it.resolved_on,
            ),
            "rate": Act("Rate", forms.RatingForm, steps.rate_case, "star"),
            "edit": _change(forms.ChangedCase, work.change_case),
        },
        work.remove_case,
    ),
    "rating": Kind(
        "rating",
        work_reads.rating_by_id,
        "rating_id",
        {
            "recover": Act(
                "Make good",
                forms.Dated,
                work.recover_rating,
                "lifebuoy",
                when=lambda it: it.score <= UNHAPPY and not it.recovered_on,
            ),
            "edit": _change(forms.RatingForm, work.change_rating),
        },
        work.remove_rating,
    ),
    "survey": Kind(
        "survey",
        work_reads.survey_by_id,
        "survey_id",
        {
            "answer": Act(
                "Record answers",
                forms.SurveyForm,
                steps.answer_survey,
                "chat-bubble-bottom-center-text",
                when=lambda it: not it.answered_on,
            )
        },
        work.remove_survey,
    ),
    "review": Kind(
        "review",
        work_reads.review_by_id,
        "review_id",
        {
            "hold": Act(
                "Hold",
                forms.HeldReview,
                steps.hold_review,
                "check",
                when=lambda it: not it.held_on,
            ),
            "move": Act(
                "Another day",
                forms.PlannedReview,
                work.change_review,
                "calendar",
                when=lambda it: not it.held_on,
            ),
        },
        work.remove_review,
    ),
    "busy": Kind(
        "busy time", work_reads.busy_time_by_id, "busy_time_id", {}, work.remove_busy_time
    ),
    "favour": Kind(
        "favour",
        giving_reads.favour_by_id,
        "favour_id",
        {
            "do": Act(
                "Do",
                forms.DoneFavour,
                steps.do_favour,
                "check",
                when=lambda it: not it.done_on,
            ),
            "edit": _change(forms.ChangedFavour, giving.change_favour),
        },
        giving.remove_favour,
    ),
    "need": Kind(
        "need",
        giving_reads.need_by_id,
        "need_id",
        {
            "meet": Act(
                "Meet", forms.Dated, giving.meet_need, "check", when=lambda it: not it.met_on
            ),
            "refer": Act(
                "Refer them",
                forms.GivenReferral,
                steps.refer_for_need,
                "arrow-up-right",
                when=lambda it: not it.met_on,
            ),
        },
        giving.remove_need,
    ),
    "referral-given": Kind(
        "referral given",
        giving_reads.referral_given_by_id,
        "referral_given_id",
        {},
        giving.remove_referral_given,
    ),
    "referral": Kind(
        "referral",
        referral_reads.referral_by_id,
        "referral_id",
        {
            "outcome": Act(
                "Record outcome",
                forms.Outcome,
                referrals.record_outcome,
                "flag",
                "Whatever came of it, thanks are owed again.",
                when=lambda it: it.outcome == "pending",
            ),
            "hurt": Act(
                "It hurt their name",
                forms.Hurt,
                referrals.mark_hurt,
                "exclamation-triangle",
                "Asks stop until it is mended.",
                when=lambda it: not it.hurt_on or it.mended_on,
            ),
            "mend": Act(
                "Mend",
                forms.Dated,
                referrals.mend,
                "check",
                when=lambda it: it.hurt_on and not it.mended_on,
            ),
            "edit": _change(forms.ChangedReferral, referrals.change_referral),
        },
        referrals.remove_referral,
    ),
    "thanks": Kind(
        "thank-you",
        gratitude_reads.thank_you_by_id,
        "thank_you_id",
        {
            "give": Act(
                "Thank",
                forms.ThanksGiven,
                gratitude.give_thanks,
                "heart",
                when=lambda it: not it.given_on,
            )
        },
        gratitude.remove_thank_you,
    ),
    "offer": Kind(
        "offer",
        offer_reads.offer_by_id,
        "offer_id",
        {"edit": _change(forms.OfferForm, offers.change_offer)},
        offers.remove_offer,
        Act("Make an offer", forms.OfferForm, offers.make_offer),
    ),
    "pass": Kind("pass", offer_reads.pass_by_id, "pass_id", {}, offers.remove_pass),
}
"""By the name that stands in the address."""


def kind_by_name(name: str) -> Kind:
    """A kind by its name in the address."""
    if name not in KINDS:
        raise NotFound("kind", "There is no such kind of record.")
    return KINDS[name]


def act_by_name(kind: Kind, name: str) -> Act:
    """An act of a kind by its name in the address."""
    if name not in kind.acts:
        raise NotFound("act", f"This can't be done with a {kind.label}.")
    return kind.acts[name]
