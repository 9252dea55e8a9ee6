"""What was asked for somebody who is to be forgotten (GDPR Art. 17)."""

from __future__ import annotations

import datetime as dt

from warmhand.apps.alliances.models import Enquiry
from warmhand.apps.island.scoped import FORGOTTEN
from warmhand.apps.journal.forgetting import forget_all, last_about


def last_enquired(need_id: int) -> dt.datetime | None:
    """When an enquiry that a need came of was last noted, sent on, answered or changed."""
    rows = Enquiry.all_objects.filter(need=need_id)
    return last_about(Enquiry, list(rows.values_list("pk", flat=True)))


def forget_enquiries(need_id: int) -> None:
    """Empty the enquiries that a forgotten need came of; that somebody asked, and when, stays."""
    rows = Enquiry.all_objects.filter(need=need_id)
    ids = list(rows.values_list("pk", flat=True))
    rows.update(words=FORGOTTEN, asker="", reason="", category="")
    forget_all(Enquiry, ids)
