"""Clients, companies, how to reach them, whom they know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from warmhand.apps.people import queries as people_reads
from warmhand.apps.people import services as people
from warmhand.apps.work import services as work
from warmhand.web import gate
from warmhand.web.key_ring import require_care
from warmhand.web.records import steps
from warmhand.web.records.act import Act, Kind, change
from warmhand.web.records.forms import fields as fields_forms
from warmhand.web.records.forms import people as people_forms
from warmhand.web.records.forms import work as work_forms

from .clients import ABOUT_A_CLIENT


def _in_care(request: gate.Request, key: Any) -> None:
    require_care(request, key.client)


KINDS: Final[Mapping[str, Kind]] = {
    "client": Kind(
        "client",
        people_reads.client_by_id,
        "client_id",
        ABOUT_A_CLIENT,
        people.remove_client,
        Act("Add a client", people_forms.NewClientForm, steps.add_client),
    ),
    "company": Kind(
        "company",
        people_reads.company_by_id,
        "company_id",
        {
            "busy": Act(
                "Busy time",
                work_forms.BusyTimeForm,
                work.set_busy_time,
                "calendar",
                "When they are not to be bothered. Times that touch become one.",
            ),
            "quarter-ends": Act(
                "Quarter ends",
                fields_forms.NoFields,
                steps.add_quarter_ends,
                "calendar-date-range",
                "The last days of their coming five quarters, as many as the policy says.",
                when=lambda company: company.year_end_month,
            ),
            "commitment": Act(
                "Commitment",
                work_forms.CommitmentForm,
                work.agree_commitment,
                "clipboard-document-check",
                "Something agreed with the company rather than with one person.",
            ),
            "edit": change(people_forms.CompanyForm, people.change_company),
        },
        people.remove_company,
        Act("Add a company", people_forms.CompanyForm, people.add_company),
    ),
    "contact": Kind(
        "contact point",
        people_reads.contact_point_by_id,
        "contact_point_id",
        {"edit": change(people_forms.ChangedContactPoint, people.change_contact_point)},
        people.remove_contact_point,
    ),
    "key": Kind(
        "key",
        people_reads.key_by_id,
        "key_id",
        {
            "edit": change(people_forms.KeyForm, people.change_key),
            "confirm": Act(
                "Still so",
                fields_forms.NoFields,
                people.confirm_key,
                "check",
                "They know each other as noted; we heard it again today.",
                when=lambda key: not key.declined_on,
            ),
            "no-contact": Act(
                "Wants no contact",
                fields_forms.Dated,
                people.decline_key,
                "no-symbol",
                "This person is never held up as a name again, on whatever ring they are.",
                when=lambda key: not key.declined_on,
            ),
        },
        people.remove_key,
        guard=_in_care,
    ),
}
