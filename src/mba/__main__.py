"""The program `mba`: what must happen before anything heavy is loaded, and how it ends."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn


def main() -> None:
    """Run the command line; exit 0 done, 1 the answer is no, 2 the input or the command is wrong."""
    # Where standard output is closed, whoever writes to it is refused as on a full disk.
    sys.stdout = sys.stdout or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - it lasts as long as we do
    try:
        _run()
    except KeyboardInterrupt:
        _stop("Stopped.")
    except MemoryError:
        _stop(
            "There is not enough memory for so many draws of so many offers.\n  Ask for fewer, such as --draws 1000, or for none: --draws 0."
        )
    except OSError as error:
        if error.filename is not None:
            raise
        _stop(f"standard output cannot be written: {(error.strerror or 'it is closed').lower()}")
    finally:
        gc.freeze()  # Nor does anything need to be collected when Python ends.


def _run() -> None:
    if sys.argv[1:] == ["--version"]:
        from mba import __version__  # noqa: PLC0415 - a version needs no command line

        sys.stdout.write(f"mba {__version__}\n")
        sys.stdout.flush()
        return
    # Nothing is freed in a run this short: collecting garbage while modules load is a sixth of the start.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    # numpy's library for matrices, which nothing here uses, would start a thread for each processor and have them wait busily.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from mba.cli import app  # noqa: PLC0415 - after the settings above
    from mba.problem import MbaError  # noqa: PLC0415

    try:
        app()
    except MbaError as error:
        _stop(error.text())


def _stop(words: str) -> NoReturn:
    """End with status 2 and the words on standard error, in the signs that it can take."""
    try:
        sys.stdout.flush()
    except OSError:  # What is left in the buffer would fail again, with a traceback, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if sys.stderr is not None:
        try:
            words.encode(sys.stderr.encoding)
        except UnicodeEncodeError:
            from mba.render.console import plain  # noqa: PLC0415 - seldom needed, and heavy

            words = plain(words, sys.stderr)
        with contextlib.suppress(OSError):  # Where nobody can be told, the status still tells.
            sys.stderr.write(f"{words}\n")
    sys.exit(2)


if __name__ == "__main__":
    main()
