"""What imports remember of records whose words are to be forgotten (GDPR Art. 17)."""

from __future__ import annotations

from collections.abc import Collection

from warmhand.apps.people.importing.fields import Kind
from warmhand.apps.people.models import ImportOrigin


def forget_origins(kind: Kind, ids: Collection[int]) -> int:
    """Empty the values that imports saw of these records; how many.

    Which row became which record stays, so that the next import doesn't make it anew.
    """
    return ImportOrigin.objects.filter(kind=kind, object_id__in=list(ids)).update(seen={})
