"""Emptying what the journal says about somebody who is to be forgotten (GDPR Art. 17).

That something happened, when and by whom, stays; its words go. The one way to do so: the database
lets the application empty an entry by `island.forgetting`, stamps it, and lets no other words in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import models

from warmhand.apps.island.forgetting import forget_columns
from warmhand.apps.island.scoped import FORGOTTEN

from .models import Entry


def forget_values(model: type[models.Model], ids: Collection[int]) -> int:
    """Empty reasons, old and new values of all that happened to these records; how many entries.

    Their sentences stay: for records whose sentences name nobody by our own choice of words.
    """
    return forget_columns(_about(model, ids), why="", changes={})


def forget_all(model: type[models.Model], ids: Collection[int]) -> int:
    """Empty the sentences too; what is forgotten can't be undone any more. How many entries."""
    return forget_columns(_about(model, ids), sentence=FORGOTTEN, why="", changes={})


def last_about(model: type[models.Model], ids: Collection[int]) -> dt.datetime | None:
    """When something last happened to any of these records; None where nothing ever did."""
    last: dt.datetime | None = _about(model, ids).aggregate(last=models.Max("at"))["last"]
    return last


def _about(model: type[models.Model], ids: Collection[int]) -> models.QuerySet[Entry]:
    return Entry.objects.filter(object_type=model._meta.label, object_id__in=list(ids))
