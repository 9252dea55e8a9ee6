"""What links and mails hold of somebody who is to be forgotten (GDPR Art. 17)."""

from __future__ import annotations

from warmhand.apps.island.forgetting import forget_columns
from warmhand.apps.journal.forgetting import forget_all
from warmhand.apps.messaging.models import LinkOutcome, Message, PublicLink


def forget_reader(*, purpose: str, object_id: int) -> None:
    """Forget who opened the pages about a record, and the words of the mails that brought them.

    The proof stays: that an answer was given, when, which one, and to which words of ours. A mail
    that waits won't go out: its page has to be ended before.
    """
    links = PublicLink.all_objects.filter(purpose=purpose, object_id=object_id)
    forget_columns(LinkOutcome.objects.filter(link__in=links), address="", agent="")
    mails = Message.all_objects.filter(link__in=links)
    forget_all(Message, list(mails.values_list("pk", flat=True)))
    mails.filter(state=Message.State.WAITING).update(
        state=Message.State.REFUSED, why="The page it leads to is over."
    )
    mails.update(subject="", text="", html="", attachments=[])
