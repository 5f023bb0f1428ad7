"""The program `mba`: what must happen before anything heavy is loaded, and how it ends.

Exit status: 0 done, 1 the answer to a yes-or-no question is no, 2 the input or the command is wrong, 70 a fault in mba,
129 the terminal is gone, 130 Ctrl-C, 141 nobody reads on, 143 terminated.
"""

from __future__ import annotations

import _thread
import contextlib
import gc
import os
import signal
import sys
import time
from copy import copy
from io import TextIOWrapper
from types import FrameType, ModuleType

WRONG, FAULT, INTERRUPTED = 2, 70, 130
PLUGINS = "pydantic.plugin._loader"
"""A module of pydantic's that takes long to load."""


def main() -> None:
    """Run the command line, and end with its status."""
    # Where standard output is closed, whoever writes to it is refused as on a full disk.
    sys.stdout = sys.stdout or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - it lasts as long as we do
    stopped: list[int] = []
    try:
        status = _guarded(stopped)
    finally:
        stopped.append(0)  # What comes now comes too late to stop anything.
        gc.freeze()  # Nor does anything need to be collected when Python ends.
    if status:
        sys.exit(status)


def _guarded(stopped: list[int]) -> int:
    """The status of the run, whatever happens in it; nothing gets past but the end of the process itself.

    `stopped` will hold the status of the signal that ended it, if one did.
    """
    try:
        _heed_signals(stopped)
        status = _run()
        if status == INTERRUPTED:  # typer makes this of a Ctrl-C.
            raise KeyboardInterrupt  # noqa: TRY301 - as if it had not
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001 - this is where everything ends
        from mba.output.streams import say  # in here, so that a Ctrl-C while it loads is one too

        _forget_standard_output()
        # What reads input may wrap a Ctrl-C into an error of its own, and typer takes a broken pipe for an answer of 1.
        if stopped or isinstance(error, KeyboardInterrupt):
            status = next(iter(stopped), INTERRUPTED)
            if status == INTERRUPTED:
                say("Stopped.")
            return status
        if isinstance(error, SystemExit):
            return int(error.code or 0)
        status, words = _told(error)
        if words:  # Where help was asked for by saying nothing, it was printed.
            say(words)
    return status


def _told(error: BaseException) -> tuple[int, str]:
    """The status for an error, and what is said of it."""
    from mba.load.source import clip  # a run that goes well needs none of these
    from mba.output.streams import unwritten
    from mba.problem import MbaError

    if isinstance(error, MbaError):
        return WRONG, error.text(" Nothing was written." if _writes(sys.argv[1:]) else "")
    if isinstance(error, MemoryError):
        return WRONG, (
            "There is not enough memory for so many draws of so many offers.\n"
            "  Ask for fewer, such as --draws 1000, or for none: --draws 0."
        )
    if isinstance(error, OSError) and error.filename is None:
        return WRONG, unwritten(error).text()
    if hasattr(error, "format_message"):  # A command line that typer cannot read.
        words, context = clip(error.format_message().replace("Value error, ", ""), 300), getattr(error, "ctx", None)
        path = context.command_path if context else "mba"
        return WRONG, words and f"{words}\n  To see what can be given: {path} --help"
    if sys.flags.dev_mode:
        raise error
    from mba import __version__

    what = clip(f"{type(error).__name__} at {_where(error)}")
    words = f"This is a fault in mba {__version__}, not in your files: {what}. Please report it, with the command."
    return FAULT, words


def _writes(words: list[str]) -> bool:
    """Whether a command line is to write a file: where one is named for it, or a profile begun."""
    return words[:1] == ["init"] or any(word.startswith(("-o", "--output")) for word in words)


def _where(error: BaseException) -> str:
    """The innermost place in this package that an error went through."""
    from traceback import walk_tb

    here, place = os.path.dirname(__file__), ""  # noqa: PTH120 - pathlib is not loaded yet
    for frame, line in walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if file.startswith(here):
            place = f"{file[len(here) + 1 :]}:{line}"
    return place


def _run() -> int:
    """Run the command; the status that it asks for. Raises whatever it raises."""
    from mba.output.streams import unabridged  # as light as this module

    sys.stdout, sys.stderr = unabridged(sys.stdout), unabridged(sys.stderr)
    if sys.argv[1:2] == ["--version"]:
        from mba import __version__  # a version needs no command line

        sys.stdout.write(f"mba {__version__}\n")
        return 0
    # Nothing is freed in a run this short: collecting garbage while modules load is a sixth of the start.
    gc.disable()
    # Where pydantic looks for plugins, which it would do with a reader of mail among other things, none are found.
    vars(sys.modules.setdefault(PLUGINS, ModuleType(PLUGINS))).setdefault("get_plugins", tuple)
    # numpy's library for matrices would start threads that wait busily; those here are too small to share out.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from mba.cli import app  # after the settings above
    from mba.render.letters import SPELT

    for stream in (sys.stdout, sys.stderr):  # What a stream cannot encode is spelt, in help and messages too.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=SPELT)
    mba = copy(app)
    # The options of all commands but the one on the line need not be read.
    named = {command.name or getattr(command.callback, "__name__", ""): command for command in app.registered_commands}
    mba.registered_commands = list(filter(None, map(named.get, sys.argv[1:2]))) or app.registered_commands
    status = mba(args=[_SPELT_OUT.get(word, word) for word in sys.argv[1:]], standalone_mode=False, prog_name="mba")
    return status if isinstance(status, int) else 0


_SPELT_OUT = {"--strict=assumptions": "--strict-assumptions"}
"""An option whose value may be left out, which typer does not have."""


def _heed_signals(stopped: list[int]) -> None:
    """Have signals end the run such that nothing half-written is left. The first one counts; later ones are ignored."""
    lost: list[int] = []  # Signals of which the exception was ignored, and which are sent again.

    def heed(number: int, _: FrameType | None) -> None:
        if stopped and not (lost and stopped[-1]):
            return
        lost.clear()
        stopped[:] = [128 + number]  # As shells count; 130 is INTERRUPTED.
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        if number != getattr(signal, "SIGPIPE", None):  # Where nobody reads on, what was being written fails.
            raise SystemExit(stopped[0])

    def again(ignored: sys.UnraisableHookArgs) -> None:
        """What came where Python lets nothing through, as while it lets go of a module, comes again a moment later."""
        if ignored.exc_type in (KeyboardInterrupt, SystemExit) and stopped and stopped[-1]:
            lost.append(stopped[-1] - 128)
            _thread.start_new_thread(_send_later, (lost[-1],))
        else:
            told(ignored)

    told, sys.unraisablehook = sys.unraisablehook, again
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE"):
        number = getattr(signal, name, None)  # Windows knows half of them.
        # Who has a program ignore a signal (nohup, &) is obeyed; a broken pipe, however, Python ignores by itself.
        if number is None or (signal.getsignal(number) is signal.SIG_IGN and name != "SIGPIPE"):
            continue
        with contextlib.suppress(ValueError):  # Only the main thread of a program can set them.
            signal.signal(number, heed)


def _send_later(number: int) -> None:
    """Have the main thread heed a signal, once it has gone on."""
    time.sleep(_MOMENT)
    _thread.interrupt_main(signal.Signals(number))


_MOMENT = 0.01  # Seconds.


def _forget_standard_output() -> None:
    """Let go of what standard output would not take: it would fail again, with a traceback, when Python ends."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
