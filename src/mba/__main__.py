"""The program `mba`: what must happen before anything heavy is loaded, and how it ends."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line; exit 0 done, 1 the answer is no, 2 the input or the command is wrong."""
    if sys.argv[1:] == ["--version"]:
        from mba import __version__  # noqa: PLC0415 - a version needs no command line

        sys.stdout.write(f"mba {__version__}\n")
        return
    # Nothing is freed in a run this short: collecting garbage while modules load is a sixth of the start.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from mba.cli import app  # noqa: PLC0415 - after the settings above
    from mba.problem import MbaError  # noqa: PLC0415

    try:
        app()
    except MbaError as error:
        sys.stderr.write(f"{error.text()}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(2)
    finally:
        gc.freeze()  # Nor does anything need to be collected when Python ends.


if __name__ == "__main__":
    main()
