"""How far a long job is, on standard error, where that is a terminal and the job takes longer than a second."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mba.output.streams import looked_on

PATIENCE = 1.0
"""Seconds before anything is shown."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """A function to be told the share that is done, 0-1."""
    start, bar = time.monotonic(), None

    def tick(share: float) -> None:
        nonlocal bar
        if bar is None and looked_on() and time.monotonic() - start > PATIENCE:
            from rich.console import Console  # noqa: PLC0415 - not needed by a quick run
            from rich.progress import Progress  # noqa: PLC0415 - as above

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.add_task(what, total=1.0)
            bar.start()
        if bar:
            bar.update(bar.task_ids[0], completed=share)

    try:
        yield tick
    finally:
        if bar:
            bar.stop()
