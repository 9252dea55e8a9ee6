"""What we give and receive: favours, needs, referrals, thanks, offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import reverse

from warmhand.apps.giving import queries as giving_reads
from warmhand.apps.giving import services as giving
from warmhand.apps.gratitude import queries as gratitude_reads
from warmhand.apps.gratitude import services as gratitude
from warmhand.apps.offers import queries as offer_reads
from warmhand.apps.offers import services as offers
from warmhand.apps.referrals import kinds as referral_kinds
from warmhand.apps.referrals import queries as referral_reads
from warmhand.apps.referrals import services as referrals
from warmhand.web.records import steps
from warmhand.web.records.act import Act, Kind, change
from warmhand.web.records.forms import fields as fields_forms
from warmhand.web.records.forms import giving as giving_forms

from .follow_ups import ABOUT_A_REFERRAL, FOLLOW_UP

KINDS: Final[Mapping[str, Kind]] = {
    "favour": Kind(
        "favour",
        giving_reads.favour_by_id,
        "favour_id",
        {
            "do": Act(
                "Do",
                giving_forms.DoneFavour,
                steps.do_favour,
                "check",
                when=lambda it: not it.done_on,
            ),
            "outcome": Act(
                "What came of it",
                giving_forms.FavourOutcome,
                giving.change_favour,
                "flag",
                when=lambda it: it.done_on and not it.outcome,
            ),
            "edit": change(giving_forms.ChangedFavour, giving.change_favour),
        },
        giving.remove_favour,
    ),
    "need": Kind(
        "need",
        giving_reads.need_by_id,
        "need_id",
        {
            "meet": Act(
                "Mark as met",
                fields_forms.Dated,
                giving.meet_need,
                "check",
                when=lambda it: not it.met_on,
            ),
            "refer": Act(
                "Refer them",
                giving_forms.ReferralForNeed,
                steps.refer_for_need,
                "arrow-up-right",
                when=lambda it: not it.met_on,
                live=lambda it: f"{reverse('web:given_quality')}?need_id={it.pk}",
            ),
            "pass-on": Act(
                "May we pass it on?",
                giving_forms.PassingOn,
                giving.answer_passing_on,
                "hand-raised",
                "Nobody outside learns of it without their yes. They can take it back at any time.",
                when=lambda it: not it.met_on,
            ),
            "edit": change(giving_forms.ChangedNeed, giving.change_need),
        },
        giving.remove_need,
    ),
    "referral-given": Kind(
        "referral given",
        giving_reads.referral_given_by_id,
        "referral_given_id",
        {**ABOUT_A_REFERRAL},
        giving.remove_referral_given,
    ),
    "follow-up": FOLLOW_UP,
    "referral": Kind(
        "referral",
        referral_reads.referral_by_id,
        "referral_id",
        {
            "outcome": Act(
                "Record outcome",
                giving_forms.Outcome,
                referrals.record_outcome,
                "flag",
                "Whatever came of it, thanks are owed again.",
                when=lambda it: it.outcome == "pending",
            ),
            "hurt": Act(
                "It hurt their name",
                giving_forms.Hurt,
                referrals.mark_hurt,
                "exclamation-triangle",
                "Asks stop until it is mended.",
                when=lambda it: not it.hurt_on or it.mended_on,
            ),
            "mend": Act(
                "Mend",
                fields_forms.Dated,
                referrals.mend,
                "check",
                when=lambda it: it.hurt_on and not it.mended_on,
            ),
            "inside": Act(
                "Works at their company",
                fields_forms.JustWhy,
                referral_kinds.found_inside,
                "building-office-2",
                "From then on it is client to co-worker, and no reward may go with it.",
                when=lambda it: it.kind == "ask",
            ),
            "edit": change(giving_forms.ChangedReferral, referrals.change_referral),
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
                giving_forms.ThanksGiven,
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
        {"edit": change(giving_forms.OfferForm, offers.change_offer)},
        offers.remove_offer,
        Act("Make an offer", giving_forms.OfferForm, offers.make_offer),
    ),
    "pass": Kind("pass", offer_reads.pass_by_id, "pass_id", {}, offers.remove_pass),
}
