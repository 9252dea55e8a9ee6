"""A real job worker beside the served site: woken by LISTEN, as `warmhand work` runs it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from warmhand.jobs.worker import worker_app


@contextmanager
def working() -> Iterator[None]:
    """Jobs are done while this lasts, in a thread of their own, on Django's present database."""
    started = threading.Event()
    held: dict[str, object] = {}

    async def main() -> None:
        app = worker_app()
        async with app.open_async():
            held["loop"] = asyncio.get_running_loop()
            held["task"] = asyncio.create_task(
                app.run_worker_async(
                    wait=True, listen_notify=True, concurrency=2, install_signal_handlers=False
                )
            )
            started.set()
            try:
                await held["task"]
            except asyncio.CancelledError:
                return

    thread = threading.Thread(target=asyncio.run, args=(main(),))
    thread.start()
    started.wait(10)
    try:
        yield
    finally:
        held["loop"].call_soon_threadsafe(held["task"].cancel)
        thread.join(20)
