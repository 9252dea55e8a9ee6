"""What can be recorded about a client."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from warmhand.apps.accounts.abilities import Ability
from warmhand.apps.directory import services as directory
from warmhand.apps.giving import services as giving
from warmhand.apps.gratitude import services as gratitude
from warmhand.apps.introductions import services as introductions
from warmhand.apps.offers import services as offers
from warmhand.apps.people import services as people
from warmhand.apps.referrals import services as referrals
from warmhand.apps.work import services as work
from warmhand.web.records import steps
from warmhand.web.records.act import Act
from warmhand.web.records.forms import directory as directory_forms
from warmhand.web.records.forms import fields as fields_forms
from warmhand.web.records.forms import giving as giving_forms
from warmhand.web.records.forms import people as people_forms
from warmhand.web.records.forms import work as work_forms
from warmhand.web.records.places import page_of_link, page_of_review

ABOUT_A_CLIENT: Final = {
    "commitment": Act(
        "Commitment",
        work_forms.CommitmentForm,
        work.agree_commitment,
        "clipboard-document-check",
        "Something we agreed on: a sale, a project, a trial, or a piece of information promised.",
    ),
    "case": Act(
        "Case",
        work_forms.CaseForm,
        work.open_case,
        "lifebuoy",
        "A concern of theirs. It ends when they say that it is resolved, not when we do.",
    ),
    "rating": Act(
        "Rating",
        work_forms.RatingForm,
        work.rate,
        "star",
        "How happy they are, in their own words.",
    ),
    "survey": Act(
        "Survey answers",
        work_forms.SurveyForm,
        work.record_survey,
        "chat-bubble-bottom-center-text",
        "Four questions kept apart: who would recommend us need not be willing to introduce us.",
    ),
    "four-questions": Act(
        "Ask four questions",
        fields_forms.NoFields,
        work.invite_to_survey,
        "paper-airplane",
        "They get a page of their own, in their language: satisfied, would recommend, would be a "
        "reference, would introduce. Next you see its link and a text to send it with. Nothing is "
        "sent before you do.",
        then=page_of_link,
        submit="Make the link",
    ),
    "survey-sent": Act(
        "Survey sent elsewhere", fields_forms.OnlyDated, work.send_survey, "inbox-arrow-down"
    ),
    "review": Act(
        "Review held",
        work_forms.HeldReview,
        work.hold_review,
        "calendar-days",
        "The meeting in which we show what was delivered and ask how happy they are.",
        then=page_of_review,
    ),
    "review-planned": Act(
        "Review planned",
        work_forms.PlannedReview,
        work.plan_review,
        "calendar-date-range",
        then=page_of_review,
    ),
    "favour": Act(
        "Favour",
        giving_forms.FavourForm,
        giving.do_favour,
        "gift",
        "Something done for them that we cannot be paid for.",
    ),
    "favour-promised": Act(
        "Favour promised", giving_forms.PromisedFavour, giving.promise_favour, "gift-top"
    ),
    "need": Act(
        "Need",
        giving_forms.NeedForm,
        giving.note_need,
        "light-bulb",
        "Something they need, from others or from us, in their own words. Ask on the spot whether "
        "we may pass it on.",
    ),
    "expertise": Act(
        "What they do well",
        directory_forms.ExpertiseForm,
        directory.note_expertise,
        "academic-cap",
        "What they do for their own clients: could it help another client of ours?",
    ),
    "provides": Act(
        "They are a provider",
        directory_forms.TheyProvide,
        directory.add_provider,
        "building-storefront",
        "Into the directory under their own name, so that we can send others to them.",
    ),
    "referral-given": Act(
        "Referral given",
        giving_forms.GivenReferral,
        introductions.record_referral,
        "arrow-up-right",
        "Somebody good we sent them to. To ask both sides first, introduce them instead.",
        fit=giving_forms.with_their_needs,
        live=lambda client: reverse("web:given_quality"),
    ),
    "referral": Act(
        "Referral received",
        giving_forms.ReferralForm,
        referrals.receive_referral,
        "arrow-down-left",
        "Somebody they introduced to us. Thanks are owed from this minute.",
    ),
    "thanks": Act("Thanks owed", giving_forms.ThanksOwed, gratitude.owe_thanks, "heart"),
    "pass": Act("Offer to pass on", giving_forms.PassForm, offers.pass_offer, "ticket"),
    "contact": Act(
        "E-mail or phone", people_forms.ContactPointForm, people.add_contact_point, "at-symbol"
    ),
    "key": Act(
        "Key",
        people_forms.KeyForm,
        people.add_key,
        "key",
        "Somebody they could introduce us to, one day. No ask names a key before it is earned.",
    ),
    "consent": Act("Consent given", people_forms.ConsentForm, people.give_consent, "hand-thumb-up"),
    "consent-withdrawn": Act(
        "Consent withdrawn", people_forms.ConsentForm, people.withdraw_consent, "hand-raised"
    ),
    "do-not-ask": Act(
        "Do not ask",
        people_forms.DoNotAsk,
        people.set_do_not_ask,
        "no-symbol",
        "Their wish, and nobody but they can lift it.",
        when=lambda client: not client.do_not_ask,
    ),
    "ask-again": Act(
        "They may be asked again",
        people_forms.AskAgain,
        people.lift_do_not_ask,
        "check-circle",
        when=lambda client: client.do_not_ask,
    ),
    "hand-over": Act(
        "Hand over",
        people_forms.HandOver,
        people.hand_over_client,
        "arrow-right-circle",
        ability=Ability.HAND_OVER,
    ),
    "edit": Act("Edit", people_forms.ClientForm, steps.change_client, "pencil-square"),
}
