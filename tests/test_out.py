"""One way out: what leaves the program is whole or said not to be, whatever it is written to, and however it ends."""

from __future__ import annotations

import fcntl
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from running import Answer, command, ended, run, spawn

from mba import __version__
from mba.cli import app
from mba.output.streams import tell

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals, pipes and modes are those of POSIX")

RIVERSIDE = ROOT / "profiles" / "riverside.yaml"
QUICK = ("--draws", "0")
AS_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may do this")
SHORT = ROOT / "tests" / "two-functions.yaml"
REPORTING: dict[str, list[str | Path]] = {
    "assess": ["assess", SHORT, *QUICK],
    "explain": ["explain", SHORT, "payroll", *QUICK],
    "diff": ["diff", SHORT, SHORT, *QUICK],
    "rules": ["rules"],
    "catalogue": ["catalogue"],
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for 8 kB."""
    disk = tmp_path / "small"
    disk.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if not (mount and umount):
        pytest.skip("no disk can be mounted here")
    mounted = subprocess.run([mount, "-t", "tmpfs", "-o", "size=8k", "none", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run([umount, disk], check=True)


# Which format


@pytest.mark.parametrize("name", REPORTING)
@pytest.mark.parametrize("ending", [".doc", ".csv", ".pdf", ".xlsx", ".yaml"])
def test_an_ending_that_a_command_cannot_write_is_refused_by_all_in_the_same_words(
    here: Path, name: str, ending: str
) -> None:
    answer = run(*REPORTING[name], "-o", f"report{ending}")
    assert (answer.status, answer.out) == (2, "")
    first, second = answer.err.splitlines()
    assert first == f"report{ending}: not written: {ending} is no ending that this command can write."
    assert second == "  The ending can be .txt, .md, .html, .docx or .json. mba export writes .xlsx and .csv too."
    assert not list(here.iterdir())


@pytest.mark.parametrize("name", REPORTING)
def test_txt_is_what_a_terminal_shows(here: Path, name: str) -> None:
    assert run(*REPORTING[name], "-o", "report.txt") == (0, "", "")
    assert (here / "report.txt").read_text("utf-8") == run(*REPORTING[name]).out


class Terminal(io.StringIO):
    """Standard error where somebody looks on."""

    def isatty(self) -> bool:
        return True


@pytest.mark.slow
@pytest.mark.parametrize("words", [["assess"], ["export", "--summary"], ["explain"], ["diff"]], ids=" ".join)
def test_what_was_written_is_said_to_somebody_who_looks_on_and_to_nobody_else(
    words: list[str], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verb, *more = words
    typed = [verb, str(RIVERSIDE), *{"explain": ["payroll"], "diff": [str(RIVERSIDE)]}.get(verb, []), *QUICK, *more]
    assert run(*typed, "-o", "piped") == (0, "", "")
    seen = Terminal()
    monkeypatch.setattr(sys, "argv", ["mba", *typed, "-o", "paper"])
    monkeypatch.setattr(sys, "stderr", seen)
    app([*typed, "-o", "paper"], standalone_mode=False)
    assert seen.getvalue() == "Written: paper\n"
    assert (here / "paper").read_bytes() == (here / "piped").read_bytes()


def test_on_a_terminal_a_line_breaks_between_words_and_a_command_never(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, piped = Terminal(), io.StringIO()
    said = [f"  It is {'very ' * 20}long.", "Type: mba init mine.xlsx --from list.csv --population 1400000 --kind icb"]
    monkeypatch.setenv("COLUMNS", "40")
    for stream in (piped, seen):
        monkeypatch.setattr(sys, "stderr", stream)
        tell(said)
    assert piped.getvalue().splitlines() == [*said, ""]
    *broken, command_, empty = seen.getvalue().splitlines()
    assert all(line.startswith("  ") and len(line) <= 40 for line in broken)
    assert " ".join("".join(broken).split()) == " ".join(said[0].split())
    assert (command_, empty) == (said[1], "")


@pytest.mark.usefixtures("here")
def test_a_format_against_the_ending_is_refused() -> None:
    answer = run("assess", RIVERSIDE, *QUICK, "-o", "report.md", "--format", "html")
    said = "report.md: not written: its ending says markdown, and --format html.\n"
    assert answer == (2, "", f"{said}  Leave --format out, or change the ending.\n")
    assert run("assess", RIVERSIDE, *QUICK, "-o", "report.md", "--format", "markdown").status == 0


def test_console_is_the_older_name_of_text() -> None:
    assert run("rules", "--format", "console") == run("rules", "--format", "text") == run("rules")


@pytest.mark.usefixtures("here")
def test_a_wrong_format_is_told_before_anything_is_worked_out() -> None:
    answer = run("assess", "there-is-none.yaml", "-o", "report.pdf")
    assert "report.pdf" in answer.err
    assert "there-is-none" not in answer.err


@pytest.mark.process
@pytest.mark.usefixtures("here")
def test_a_pipe_with_a_name_takes_the_format_that_is_asked_for() -> None:
    os.mkfifo("pipe.docx")
    writer = subprocess.Popen(command("rules", "-o", "pipe.docx", "--format", "json"))
    words = Path("pipe.docx").read_text("utf-8")
    assert writer.wait() == 0
    assert words == run("rules", "--format", "json").out


@pytest.mark.process
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_its_name_goes_on_where_it_is(here: Path, name: str) -> None:
    """Opened anew, a file behind it would be written over from its start."""
    (here / "log").write_text("what stood there\n", "utf-8")
    with (here / "log").open("ab") as log:
        subprocess.run(command("catalogue", "-o", name), stdout=log, check=True)
    assert (here / "log").read_text("utf-8") == "what stood there\n" + run("catalogue").out


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no /dev/shm here")  # noqa: S108 - a folder among devices
def test_a_file_in_a_folder_among_devices_is_a_file() -> None:
    target = Path(f"/dev/shm/mba-{os.getpid()}.md")  # noqa: S108 - likewise
    try:
        assert run("catalogue", "-o", target) == (0, "", "")
        target.write_text("mine", "utf-8")
        assert "it exists already" in run("catalogue", "-o", target).err
        assert target.read_text("utf-8") == "mine"
    finally:
        target.unlink()


# Whole, or said not to be


@pytest.mark.process
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_fills_up_behind_the_screen_is_told(small_disk: Path, unbuffered: str) -> None:
    with (small_disk / "out").open("wb") as out:
        process = subprocess.run(
            command("assess", RIVERSIDE, *QUICK, "--full"),
            stdout=out,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert ended(process) == (2, "", "standard output cannot be written: no space left on device\n")


@pytest.mark.process
def test_a_disk_that_fills_up_holds_no_half_of_a_file(small_disk: Path) -> None:
    answer = spawn("assess", RIVERSIDE, *QUICK, "-o", small_disk / "report.html")
    assert (answer.status, answer.out) == (2, "")
    assert "not written: no space left on device" in answer.err
    assert not os.listdir(small_disk)


@pytest.mark.process
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_a_pipe_that_is_full_and_does_not_wait_gets_all_of_it(unbuffered: str, format_: str) -> None:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETFL, os.O_NONBLOCK)
    process = subprocess.Popen(
        command("assess", RIVERSIDE, *QUICK, "--format", format_),
        stdout=writing,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
    )
    os.close(writing)
    time.sleep(2)  # It has filled the pipe by now.
    with open(reading, "rb") as pipe:  # noqa: PTH123 - a descriptor
        words = pipe.read()
    _, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert words.decode() == run("assess", RIVERSIDE, *QUICK, "--format", format_).out


@pytest.mark.process
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(("stream", "words"), [("stdout", ["export", "--help"]), ("stderr", ["check", "none.yaml"])])
def test_help_and_messages_wait_for_a_pipe_that_is_full(unbuffered: str, stream: str, words: list[str]) -> None:
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETFL, os.O_NONBLOCK)
    room = os.write(writing, b" " * 1_000_000)
    env = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    other = {"stdout": "stderr", "stderr": "stdout"}[stream]
    process = subprocess.Popen(command(*words), env=env, **{stream: writing, other: subprocess.PIPE})  # type: ignore[call-overload] # by name
    os.close(writing)
    time.sleep(2)  # It waits by now.
    with open(reading, "rb") as pipe:  # noqa: PTH123 - a descriptor
        shown = pipe.read()[room:].decode()
    assert process.communicate()[other == "stderr"] == b""
    assert shown == "".join(run(*words)[1:])


@pytest.mark.process
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "words",
    [
        ["assess", RIVERSIDE, *QUICK],
        ["assess", RIVERSIDE, "--draws", "50"],
        ["explain", RIVERSIDE, "none"],
        ["check", "none.yaml"],
        ["--help"],
        ["asses"],
    ],
)
def test_streams_that_are_closed_are_no_fault(closed: str, words: list[str]) -> None:
    shell = ["/bin/sh", "-c", f'"$@" {closed}', "sh", *command(*words)]
    process = subprocess.run(shell, capture_output=True, check=False)
    assert process.returncode in {0, 2}
    assert b"Traceback" not in process.stderr
    if "2>&-" not in closed:
        assert process.stderr


# However it ends


def started(*words: str | Path, cwd: Path) -> subprocess.Popen[bytes]:
    """A run that takes a while."""
    return subprocess.Popen(command(*words), cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.process
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("after", [0.3, 0.6, 1.0, 1.5, 2.2])
def test_a_signal_ends_it_with_its_status_and_leaves_no_draft(
    here: Path, number: signal.Signals, status: int, after: float
) -> None:
    process = started("assess", RIVERSIDE, "--draws", "100000", "-o", "report.html", cwd=here)
    time.sleep(after)
    process.send_signal(number)
    _, err = process.communicate()
    assert process.returncode in {status, -number, 0}
    assert err in {b"", b"Stopped.\n"}
    assert set(os.listdir(here)) <= {"report.html"}


@pytest.mark.process
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (getattr(signal, "SIGHUP", None), 129)]
)
@pytest.mark.parametrize("place", ["os.fsync", "os.close", "pathlib.Path.unlink"])
def test_a_signal_while_it_writes_leaves_no_draft(here: Path, number: int, status: int, place: str) -> None:
    """Sent by the process to itself before the draft takes its place; and again while it clears up."""
    stop = f"""
import os, pathlib, signal
def stopped_in(call):
    def stop(*words):
        os.kill(os.getpid(), {int(number)})
        return call(*words)
    return stop
os.fsync = stopped_in(os.fsync)
{place} = stopped_in({place})
"""
    words = ["assess", str(RIVERSIDE), *QUICK, "-o", "report.html"]
    program = f"{stop}\nimport sys\nsys.argv = {['mba', *words]!r}\nfrom mba.__main__ import main\nmain()"
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert process.returncode == status
    assert not os.listdir(here)


@pytest.mark.process
@pytest.mark.parametrize(
    ("number", "status", "said"), [(signal.SIGINT, 130, b"Stopped.\n"), (signal.SIGTERM, 143, b"")]
)
def test_a_signal_that_comes_where_python_lets_nothing_through_ends_it_all_the_same(
    here: Path, number: int, status: int, said: bytes
) -> None:
    """As while it lets go of a module: there it only says that an exception was ignored."""
    program = f"""
import os, sys, time, weakref
class Module: pass
def fsync(_):
    module = Module()
    watched = weakref.ref(module, lambda _: os.kill(os.getpid(), {int(number)}))
    del module
    time.sleep(5)
os.fsync = fsync
sys.argv = ['mba', 'catalogue', '-o', 'catalogue.md']
from mba.__main__ import main
main()
"""
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (process.returncode, process.stdout, process.stderr) == (status, b"", said)
    assert not os.listdir(here)


@pytest.mark.process
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)])
def test_a_signal_that_its_starter_has_it_ignore_is_ignored(here: Path, number: signal.Signals) -> None:
    """As under nohup, and in the background of a script."""
    program = (
        "import os, signal, sys\n"
        f"signal.signal({int(number)}, signal.SIG_IGN)\n"
        f"os.fsync = lambda _: os.kill(os.getpid(), {int(number)})\n"
        "sys.argv = ['mba', 'catalogue', '-o', 'catalogue.md']\n"
        "from mba.__main__ import main\nmain()"
    )
    assert ended(subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)) == (0, "", "")
    assert (here / "catalogue.md").exists()


def test_a_ctrl_c_that_a_library_wraps_is_a_ctrl_c(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Also where the tests were started with the signal ignored, as a shell's background jobs are."""
    was = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, was))

    def wrapped(*_: object, **__: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            message = "error in validator"
            raise ValueError(message) from error

    monkeypatch.setattr("typer.Typer.__call__", wrapped)
    assert run("assess", RIVERSIDE) == (130, "", "Stopped.\n")


def test_a_fault_in_mba_is_one_line_and_70(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x\x1b[31m" * 50)

    monkeypatch.setattr("mba.answer.load", broken)
    answer = run("assess", RIVERSIDE)
    assert (answer.status, answer.out) == (70, "")
    (line,) = answer.err.splitlines()
    assert line.startswith(f"This is a fault in mba {__version__}, not in your files: KeyError at answer.py:")
    assert line.endswith("Please report it, with the command.")
    assert "\x1b" not in line


def test_the_version_is_printed_whatever_comes_after() -> None:
    expected = Answer(0, f"mba {__version__}\n", "")
    assert run("--version") == run("--version", "assess", "none.yaml") == run("--version", "--nonsense") == expected


@pytest.mark.process
def test_the_version_loads_little() -> None:
    program = "import sys; sys.argv = ['mba', '--version']; from mba.__main__ import main; main(); print(*sys.modules)"
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"typer", "rich", "pydantic", "pathlib", "traceback"} & set(process.stdout.split())


# What is shown of what was typed


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["explain", RIVERSIDE, "pay\nroll: fine\x1b[2J"],
        ["explain", RIVERSIDE, "p" * 5_000],
        ["a\nforged: line"],
        ["assess", RIVERSIDE, "--a\nforged: line"],
        ["assess", RIVERSIDE, "--draws", "1\nforged: line"],
        ["assess", RIVERSIDE, "--format", "x" * 5_000],
        ["assess", "x" * 5_000 + ".yaml"],
        ["assess", "no\nfile.yaml"],
        ["assess", RIVERSIDE, "-o", "no\nfolder/report.md", *QUICK],
        ["assess", RIVERSIDE, "-o", "report." + "x" * 5_000, *QUICK],
        ["export", RIVERSIDE, "--sections", "mon\ney"],
        ["export", RIVERSIDE, "--compare", "no\nfile.yaml", *QUICK],
        ["diff", "no\nfile.yaml", "no\nother.yaml"],
    ],
    ids=lambda words: words[0][:8],
)
@pytest.mark.usefixtures("here")
def test_nothing_that_was_typed_can_forge_a_line_or_fill_the_screen(words: list[str]) -> None:
    answer = run(*words)
    assert (answer.status, answer.out) == (2, "")
    assert "\x1b" not in answer.err
    assert all(len(line) < 700 for line in answer.err.splitlines())
    assert not any(
        line.startswith(("forged", "roll", "file", "folder", "other", "ey")) for line in answer.err.splitlines()
    )


def test_what_is_typed_for_the_head_of_a_paper_does_not_act() -> None:
    words: list[str | Path] = [
        "export",
        RIVERSIDE,
        *QUICK,
        "--meeting",
        "\x1b[2J",
        "--agenda-item",
        "\u202e1",
        "--format",
    ]
    for format_ in ("markdown", "html"):
        answer = run(*words, format_)
        assert answer.status == 0
        assert not {"\x1b", "\u202e"} & set(answer.out)
        assert "U+001B" in answer.out


def test_the_name_of_a_file_can_forge_no_line_of_a_report(here: Path) -> None:
    name = "a\nforged: line\x1b[2J.yaml"
    shutil.copy(RIVERSIDE, here / name)
    for words in (["diff", name, RIVERSIDE], ["export", name], ["export", RIVERSIDE, "--compare", name]):
        answer = run(*words, *QUICK)
        assert (answer.status, answer.err) == (0, "")
        assert "a⏎forged: line<U+001B>" in answer.out
        assert "\x1b" not in answer.out
        assert not re.search("^forged", answer.out, re.MULTILINE)


@pytest.mark.process
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437", "utf-8"])
def test_what_a_stream_cannot_encode_is_spelt_before_it_is_laid_out(encoding: str) -> None:
    env = os.environ | {"PYTHONIOENCODING": encoding}
    words = command("assess", ROOT / "profiles" / "harbour-icb.yaml", *QUICK, "--full")
    process = subprocess.run(words, capture_output=True, env=env, check=False)
    assert (process.returncode, process.stderr) == (0, b"")
    text = process.stdout.decode(encoding)
    assert ("£" in text) is (encoding != "ascii")
    assert max(map(len, text.splitlines())) <= 100
    rows = [line for line in text.splitlines() if line.startswith(("Payroll and", "Legal services"))]
    assert rows
    heads = [line for line in text.splitlines() if "£ a year" in line or "GBP  a year" in line]
    assert heads


@pytest.mark.process
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("words", [["--help"], ["assess", "--help"], ["export", "--help"]])
def test_help_is_shown_in_what_the_stream_can_take(encoding: str, words: list[str]) -> None:
    env = os.environ | {"PYTHONIOENCODING": encoding}
    process = subprocess.run(command(*words), capture_output=True, env=env, check=False)
    assert (process.returncode, process.stderr) == (0, b"")
    assert "Usage: mba" in process.stdout.decode(encoding)


# To a file


def test_a_new_file_is_written_where_a_disk_knows_no_second_name(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refused)
    assert run("rules", "-o", "rules.md") == (0, "", "")
    assert (here / "rules.md").read_text("utf-8") == run("rules", "--format", "markdown").out
    again = run("rules", "-o", "rules.md")
    assert again == (2, "", "rules.md: not written: it exists already.\n  Add --force to replace it.\n")
    assert os.listdir(here) == ["rules.md"]


def test_what_somebody_makes_meanwhile_is_kept_there_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object, target: Path) -> None:
        target.write_text("theirs", "utf-8")
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refused)
    assert run("rules", "-o", "rules.md").status == 2
    assert (here / "rules.md").read_text("utf-8") == "theirs"
    assert os.listdir(here) == ["rules.md"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_force_keeps_the_mode(here: Path, mode: int) -> None:
    target = here / "rules.md"
    target.write_text("old", "utf-8")
    target.chmod(mode)
    assert run("rules", "-o", "rules.md", "--force") == (0, "", "")
    assert target.stat().st_mode & 0o777 == mode
    assert target.read_text("utf-8") != "old"


def test_force_does_not_replace_what_is_read_only(here: Path) -> None:
    target = here / "rules.md"
    target.write_text("old", "utf-8")
    target.chmod(0o444)
    answer = run("rules", "-o", "rules.md", "--force")
    said = "rules.md: not written: it is read-only.\n  Make it writable first, or name another file.\n"
    assert answer == (2, "", said)
    assert target.read_text("utf-8") == "old"


@AS_ROOT
def test_force_keeps_owner_and_group_where_the_system_allows(here: Path) -> None:
    target = here / "rules.md"
    target.write_text("old", "utf-8")
    os.chown(target, 1234, 5678)
    assert run("rules", "-o", "rules.md", "--force") == (0, "", "")
    assert (target.stat().st_uid, target.stat().st_gid) == (1234, 5678)


@AS_ROOT
def test_an_owner_that_cannot_be_kept_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    target = here / "rules.md"
    target.write_text("old", "utf-8")
    os.chown(target, 1234, 5678)
    monkeypatch.setattr("os.chown", refused)
    answer = run("rules", "-o", "rules.md", "--force")
    assert answer == (0, "", "rules.md: its owner or group could not be kept; it is yours now.\n")
    assert target.read_text("utf-8") != "old"


def test_a_new_file_is_written_where_a_disk_has_modes_of_its_own(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refused)
    assert run("rules", "-o", "rules.md") == (0, "", "")
    assert os.listdir(here) == ["rules.md"]


@AS_ROOT
def test_a_group_is_kept_where_the_owner_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tried as somebody who is in the group, and may not give files away."""
    groups = os.getgroups()
    run("rules", "-o", os.devnull)  # So that all is loaded: nobody may not read what root has installed.
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.chdir(folder)
        Path(folder).chmod(0o777)
        target = Path("rules.md")
        target.write_text("old", "utf-8")
        os.chown(target, 1234, 5678)
        target.chmod(0o664)
        try:
            os.setgroups([5678])
            os.seteuid(65534)
            answer = run("rules", "-o", "rules.md", "--force")
        finally:
            os.seteuid(0)
            os.setgroups(groups)
        kept = target.stat()
        monkeypatch.undo()
    assert answer == (0, "", "rules.md: its owner or group could not be kept; it is yours now.\n")
    assert (kept.st_uid, kept.st_gid, kept.st_mode & 0o777) == (65534, 5678, 0o664)
