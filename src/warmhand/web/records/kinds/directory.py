"""The directory: providers, what they do, who vouches; what clients do well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from warmhand.apps.directory import queries as reads
from warmhand.apps.directory import services as directory
from warmhand.web.records.act import Act, Kind, change
from warmhand.web.records.forms import directory as forms

KINDS: Final[Mapping[str, Kind]] = {
    "provider": Kind(
        "provider",
        reads.provider_by_id,
        "provider_id",
        {
            "stands": Act(
                "Capacity and holidays",
                forms.HowTheyStand,
                directory.change_provider,
                "calendar-days",
                "Whoever is full, away or without a licence is shown as such.",
            ),
            "licence": Act(
                "Licence",
                forms.Licence,
                directory.change_provider,
                "identification",
                "Whose licence has ended is proposed to nobody.",
            ),
            "service": Act(
                "What they do",
                forms.ServiceForm,
                directory.add_service,
                "briefcase",
                anew=True,
            ),
            "vouch": Act(
                "Vouch for them",
                forms.VouchForm,
                directory.vouch,
                "hand-thumb-up",
                "Say why a client can be confident: what you saw, not that they are good.",
                anew=True,
            ),
            "page": Act(
                "Public page",
                forms.OnOurPage,
                directory.change_provider,
                "globe-alt",
                "Name, what they are good at, these words, city, website and languages: nothing "
                "else. Anybody sees it, once an owner has opened the page.",
            ),
            "edit": change(forms.ProviderForm, directory.change_provider),
        },
        directory.remove_provider,
        Act("Add a provider", forms.NewProvider, directory.add_provider),
    ),
    "service": Kind(
        "service",
        reads.service_by_id,
        "service_id",
        {"edit": change(forms.ServiceForm, directory.change_service)},
        directory.remove_service,
    ),
    "vouch": Kind(
        "vouch",
        reads.vouch_by_id,
        "vouch_id",
        {"edit": change(forms.ChangedVouch, directory.change_vouch)},
        directory.remove_vouch,
    ),
    "expertise": Kind(
        "expertise",
        reads.expertise_by_id,
        "expertise_id",
        {
            "asked": Act(
                "May we tell others?",
                forms.TheyAnswered,
                directory.change_expertise,
                "hand-raised",
                "Without their yes nobody outside learns of it.",
                when=lambda it: it.may_pass_on is None,
            ),
            "edit": change(forms.ChangedExpertise, directory.change_expertise),
        },
        directory.remove_expertise,
    ),
}
