"""A seeded population of rows: nulls, ties, and days on both sides of each threshold."""

from __future__ import annotations

from datetime import date
from random import Random

from warmhand.engine import day_number
from warmhand.rulebook.sources import SOURCES

TODAY = date(2026, 3, 2)
NOW = day_number(TODAY)
THRESHOLDS = (0, 1, 7, 30, 90, 180, 182, 365, 730)
CODES = (
    "asked_recently",
    "ask_budget_spent",
    "company_budget_spent",
    "busy_time",
    "not_cultivated",
    "too_new",
    "unhappy",
    "no_consent",
)


class Generator:
    """Makes rows client by client; the same seed makes the same rows."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.rows: dict[str, list[dict]] = {name: [] for name in SOURCES}
        self.ids = list(range(1, 400_000))
        self.random.shuffle(self.ids)

    def past(self) -> int:
        """A day in the past, often at an edge."""
        if self.random.random() < 0.5:
            return NOW - self.random.choice(THRESHOLDS) - self.random.choice((-1, 0, 1))
        return NOW - self.random.randint(0, 800)

    def future(self) -> int:
        """A day around today, often at an edge."""
        return NOW + self.random.choice((-40, -1, 0, 1, 2, 5, 30, 400))

    def maybe(self, value: int, share: float = 0.5) -> int | None:
        return value if self.random.random() < share else None

    def bit(self, share: float) -> int:
        return int(self.random.random() < share)

    def add(self, name: str, **row) -> None:
        self.rows[name].append(row)

    def times(self, *weights: int) -> range:
        return range(self.random.choices(range(len(weights)), weights)[0])

    def client(self, client: int, companies: int) -> None:
        company = self.maybe(self.random.randint(1, companies), 0.9)
        self.add(
            "client",
            client=client,
            company=company,
            do_not_ask=self.bit(0.08),
            since_day=self.maybe(self.past(), 0.8),
            do_not_ask_until=self.maybe(self.future(), 0.3),
        )
        good = self.random.random() < 0.6
        self.work(client, good)
        self.mood(client, good)
        self.giving(client, good)
        self.asking(client, company, good)

    def work(self, client: int, good: bool) -> None:
        for _ in self.times(1, 4, 3) if good else self.times(2, 2, 2, 1):
            agreed = self.past()
            done = self.maybe(agreed + self.random.randint(0, 60), 0.95 if good else 0.6)
            self.add(
                "commitment",
                client=client,
                id=self.ids.pop(),
                agreed_day=agreed,
                due_day=self.maybe(
                    (done or NOW) + self.random.choice((-1, 0, 1, 30)), 0.2 if good else 0.7
                ),
                delivered_day=done,
                has_evidence=self.bit(0.9 if good else 0.5),
                cancelled=self.bit(0.1),
            )
        for _ in self.times(8, 2, 1) if good else self.times(2, 2, 1):
            solved = self.maybe(self.past(), 0.8)
            confirmed = self.maybe((solved or NOW) + 1, 0.9 if good else 0.4)
            self.add(
                "case",
                client=client,
                id=self.ids.pop(),
                opened_day=self.past(),
                resolved_day=solved,
                confirmed_day=confirmed,
            )

    def mood(self, client: int, good: bool) -> None:
        day = self.past()
        for _ in self.times(1, 4, 4, 2):
            day = day if self.random.random() < 0.3 else self.past()  # ties on the day
            score = self.random.randint(7, 10) if good else self.random.randint(0, 10)
            self.add(
                "rating",
                client=client,
                id=self.ids.pop(),
                day=day,
                score=score,
                recovered_day=self.maybe(self.past(), 0.7) if score < 6 else None,
            )
        for _ in self.times(4, 2, 1):
            self.add(
                "survey",
                client=client,
                id=self.ids.pop(),
                day=day,
                would_introduce=self.maybe(self.random.randint(0, 10), 0.7),
            )
        for _ in self.times(3, 2, 1):
            rating = self.maybe(self.random.randint(0, 10), 0.7)
            self.add("review", client=client, held_day=self.past(), rating=rating)
        for _ in self.times(4, 3, 2):
            self.add(
                "consent",
                client=client,
                id=self.ids.pop(),
                day=day if self.bit(0.5) else self.past(),
                given=self.bit(0.85),
            )

    def giving(self, client: int, good: bool) -> None:
        for _ in self.times(1, 4, 2) if good else self.times(2, 1):
            self.add(
                "favour",
                client=client,
                promised_day=self.maybe(self.past()),
                due_day=self.maybe(self.future(), 0.15),
                done_day=self.maybe(self.past(), 0.8),
            )
        for _ in self.times(4, 1, 1):
            self.add(
                "need",
                client=client,
                noted_day=self.past(),
                met=self.bit(0.4),
                for_us=self.bit(0.4),
                urgent=self.bit(0.4),
                served=self.bit(0.4),
                under_way=self.bit(0.3),
                may_pass_on=self.maybe(self.bit(0.7), 0.6),
            )
        for _ in self.times(4, 1):
            self.add("given", client=client, day=self.past(), heard=self.bit(0.6))
        for _ in self.times(3, 2, 1):
            self.add("key", client=client, inside=self.bit(0.5))

    def asking(self, client: int, company: int | None, good: bool) -> None:
        for _ in self.times(5, 3, 1, 1, 1, 1):
            outcome = self.maybe(self.random.choice((1, 2, 3, 4, 4, 5, 6)), 0.9)
            self.add(
                "ask",
                client=client,
                company=company,
                id=self.ids.pop(),
                day=self.past(),
                outcome=outcome,
                outcome_day=self.maybe(self.past()),
                later_day=self.maybe(self.future()),
            )
        for _ in self.times(4, 2, 1):
            self.add(
                "override",
                client=client,
                code=self.random.choice(CODES),
                until_day=self.future(),
            )
        for _ in self.times(5, 1, 1):
            self.add(
                "referral",
                client=client,
                received_day=self.past(),
                outcome=self.random.randint(0, 3),
                hurt_day=self.maybe(self.past(), 0.2),
                mended_day=self.maybe(self.past()),
            )
        for _ in self.times(3, 1):
            self.add("pass", client=client, day=self.past())
        for _ in self.times(5, 1):
            given = self.maybe(self.past(), 0.8)
            self.add("thanks", client=client, owed_day=self.past(), given_day=given)

    def busy(self, company: int) -> None:
        """Periods that never touch, some around today."""
        day = NOW - self.random.randint(0, 60)
        for _ in self.times(2, 2, 2, 1):
            day += self.random.choice((2, 3, 20, 60))
            last = day + self.random.choice((0, 1, 10))
            self.add("busy", company=company, start_day=day, end_day=last)
            day = last


def population(clients: int, seed: int = 7) -> dict[str, list[dict]]:
    """Rows by source for so many clients, about four at a company."""
    made = Generator(seed)
    companies = max(1, clients // 4)
    for company in range(1, companies + 1):
        made.busy(company)
    for client in range(1, clients + 1):
        made.client(client, companies)
    return made.rows
