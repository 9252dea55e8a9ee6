"""Full, away, unlicensed: the directory's filter and the ranking say the same of everybody."""

from __future__ import annotations

import datetime as dt
from itertools import product

from warmhand.apps.accounts.models import Member
from warmhand.apps.directory import queries, services
from warmhand.apps.directory.models import Provider
from warmhand.apps.directory.queries.providers import standing_today
from warmhand.apps.introductions.eligible import why_not
from warmhand.apps.policies.services import save_policy
from warmhand.matching import Capacity, NeedSeen, ProviderSeen, rank
from warmhand.matching.room import is_away, licence_ended, no_room

TODAY = dt.date(2026, 11, 26)
NEAR = (None, -1, 0, 1)


def _day(n: int | None) -> dt.date | None:
    return None if n is None else TODAY + dt.timedelta(days=n)


def _seen(one: Provider) -> ProviderSeen:
    return ProviderSeen(
        id=one.pk, name=one.name, categories=("484210",), capacity=Capacity(one.capacity),
        away_from=one.away_from, away_until=one.away_until, licence_until=one.licence_until,
    )  # fmt: skip


def test_all_who_ask_whether_somebody_has_room_agree(world):
    Provider.objects.bulk_create(
        Provider(
            workspace=world.workspace, name="P", capacity=capacity, away_from=_day(away),
            away_until=_day(until), licence_until=_day(licence),
        )
        for capacity, away, until, licence in product(Capacity, NEAR, NEAR, NEAR)
    )  # fmt: skip
    rows = list(standing_today(Provider.objects.all(), TODAY))
    need = NeedSeen(words="", category="484210")
    ranked = {it.candidate.id: it for it in rank(need, map(_seen, rows), today=TODAY)}
    assert len(ranked) == len(rows) == 3 * 4**3
    for one in rows:
        told = (one.capacity, one.away_from, one.away_until, one.licence_until)
        takes = no_room(one, TODAY) is None
        assert one.takes == takes == (not why_not(one, TODAY)) == ranked[one.pk].available, told
        assert one.away_now == is_away(one, TODAY), told
        assert one.licence_ended == licence_ended(one, TODAY), told


def test_the_end_of_a_licence_is_told_to_who_vouches_until_it_is_renewed(world):
    """The owner hears of those nobody here vouches for, also after the member has left."""
    voucher, owner = world.members["account_manager"].pk, world.members["owner"].pk
    for name, ends in (("Vouched", 60), ("Later", 61), ("Ended", -1), ("Nobody's", 0)):
        day = world.today() + dt.timedelta(ends)
        one = services.add_provider(by=world.by, name=name, licence_until=day)
        if name != "Nobody's":
            services.vouch(by=world.by, provider_id=one.pk, why_confident="x", member_id=voucher)

    def told(member: int, *, owns: bool = False) -> list[str]:
        found = queries.licences_to_look_at(member, owns=owns, today=world.today())
        return [each.name for each in found]

    assert told(voucher) == ["Ended", "Vouched"]
    assert told(owner) == []
    assert told(owner, owns=True) == ["Nobody's"]
    save_policy(by=world.by, values={"licence_warn_days": 61}, why="Earlier")
    assert told(voucher) == ["Ended", "Vouched", "Later"]
    ended = Provider.objects.get(name="Ended")
    services.change_provider(
        by=world.by, provider_id=ended.pk, licence_until=world.today() + dt.timedelta(365)
    )
    assert told(voucher) == ["Vouched", "Later"]
    Member.objects.filter(pk=voucher).update(left_on=world.today())
    assert told(owner, owns=True) == ["Nobody's", "Vouched", "Later"]
