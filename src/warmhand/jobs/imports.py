"""Imports as background jobs, and the one place that brings together what an import needs."""

from __future__ import annotations

from warmhand.apps.people.importing import recorders as people
from warmhand.apps.people.importing.running import Work
from warmhand.apps.work import importing as work

WORK = Work(recorders={**people.RECORDERS, **work.RECORDERS}, afters=(work.settle_clients,))
