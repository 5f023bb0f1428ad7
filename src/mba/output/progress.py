"""How far a long job is, on standard error, where that is a terminal and the job takes longer than a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from mba.output.streams import looked_on

PATIENCE = 1.0
"""Seconds before anything is shown."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """A function to be told the share that is done, 0-1."""
    with ExitStack() as shown:
        start, update = time.monotonic(), None
        shows = looked_on()

        def tick(share: float) -> None:
            nonlocal update
            if update is None and shows and time.monotonic() - start > PATIENCE:
                from rich.console import Console  # noqa: PLC0415 - not needed by a quick run
                from rich.progress import Progress  # noqa: PLC0415 - as above

                bar = shown.enter_context(Progress(console=Console(stderr=True), transient=True))
                task = bar.add_task(what, total=1.0)

                def update(share: float) -> None:
                    bar.update(task, completed=share)

            if update is not None:
                update(share)

        yield tick
