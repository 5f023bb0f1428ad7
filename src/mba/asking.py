"""A profile that is asked about, a question at a time, and the answers put into its file: without a terminal."""

from collections.abc import Callable
from difflib import unified_diff
from itertools import filterfalse
from pathlib import Path

from pydantic import ValidationError

from mba.answer import Asked, answer, answer_on
from mba.caution import OF_WHAT_IS_RECOMMENDED, Query
from mba.inputs import FUNCTIONS, Place
from mba.load.cells import LARGEST_BOOK, is_zip
from mba.load.columns import said_lines
from mba.load.hints import amount, plainly
from mba.load.knowledge import Knowledge
from mba.load.names import Answering
from mba.load.nodes import parse
from mba.load.profiles import Loaded, load
from mba.load.source import Source, clip, file_name, read_bytes, text_of
from mba.load.splice import cells_apart, into_book, splice
from mba.load.stored import load_result
from mba.load.tree import REMOVE, Route
from mba.output.formats import is_stream, not_written
from mba.output.write import replaceable, save
from mba.problem import MbaError, refusal
from mba.profile import Function
from mba.render.document import Block, prose
from mba.report import ask as words
from mba.report.questions import whose
from mba.results import Decision
from mba.sureness import Question

SAID_BY = "said_by"
_NOBODY, _STOP = ("d", "dk", "don't know", "don’t know"), ("q", "quit", "stop", "")
_YES, _NO = ("y", "yes"), ("n", "no")
_WORDS = ("s", "skip", *_NOBODY, *_STOP[:-1])
_RANGES = {True: range(1, 6), False: range(1, 10_000_000_001)}
"""What can be said in figures, by whether it is a rating."""


class Asking:
    """The questions about the profile or scenario in a file, and the file with the answers so far.

    `by` is who answers, noted where a function is asked about; with `dry` the file stays as it is. Raises MbaError with
    every fault of the profile, or where the file could not be replaced.
    """

    def __init__(self, path: str, asked: Asked, *, by: str = "", dry: bool = False) -> None:
        self.path, self.asked, self.by, self.dry = path, asked, answerer(by), dry
        if not dry:
            replaceable(Path(path), force=True)
        self.knowledge = Knowledge(asked.rules)
        raw = read_bytes(path, LARGEST_BOOK)
        loaded = load(path, raw)
        self.put: set[tuple[str, str | None, str]] = set()
        self.before = raw
        self._take(raw, loaded)

    def _take(self, data: bytes, loaded: Loaded) -> None:
        self.data, self.profile = data, loaded.profile
        self.decision = answer_on(loaded, self.asked, self.knowledge).decision

    def left(self) -> list[Question]:
        """What was not asked yet and could still change an answer or how sure it is, first things first."""
        return list(filter(lambda asked: asked[:3] not in self.put, self.decision.ask))

    def next(self) -> Question | None:
        """The first of what is left, which is not asked again; None where nothing is."""
        for asked in self.left():
            self.put.add(asked[:3])
            return asked
        return None

    def doubts(self, asked: Question, value: int) -> list[Query]:
        """What check would ask of an answer, and does not ask already."""
        profile = Place(asked.input, asked.of).set_on(self.profile, value)
        found = answer_on(Loaded(profile, None, ()), self.asked._replace(draws=0), self.knowledge).decision
        new = filter(lambda query: query not in self.decision.queries, found.queries)
        return list(filterfalse(lambda query: query.code in OF_WHAT_IS_RECOMMENDED, new))

    def give(self, asked: Question, value: int) -> None:
        """Put an answer, a rating of 1-5, £ a year or the number of a word, into the file.

        Raises MbaError, with all as it was, where that would change anything else.
        """
        wanted = Place(asked.input, asked.of).set_on(self.profile, value)
        data = self._put(self.data, asked, asked.input.route, asked.input.meant(value))
        if self.by and asked.group == FUNCTIONS:
            row = next(function for function in self.profile.functions if function.id == asked.of)
            said = row.said_by | {asked.key: self.by}
            wanted = Place(asked.input._replace(route=(SAID_BY,)), asked.of).set_on(wanted, said)
            if is_zip(data):  # A cell holds all of it.
                data = self._put(data, asked, (SAID_BY,), said_lines(said))
            else:
                data = self._put(data, asked, (SAID_BY, asked.key), self.by)
        loaded = load(self.path, data)
        if loaded.profile.model_dump(exclude_unset=True) != wanted.model_dump(exclude_unset=True):
            raise refusal(f"{clip(self.path, 200)}: an answer cannot be written here: it would change more")
        self._keep(data)
        self._take(data, loaded)

    def _put(self, data: bytes, asked: Question, keys: tuple[str, ...], value: int | str) -> bytes:
        """What is in the file, with a value at the keys of the row that is asked about."""
        file = file_name(self.path)
        if is_zip(data):
            return into_book(file, data, asked.group, asked.of, keys, value)
        source = text_of(file, data)
        return splice(source, (*_row(source, asked), *keys), value).data

    def _keep(self, data: bytes) -> None:
        """Put the new bytes in place of the file. Raises LostError where it was changed, or cannot be replaced."""
        if self.dry:
            return
        try:
            if read_bytes(self.path, LARGEST_BOOK) != self.data:
                raise not_written(self.path, "it was changed meanwhile")
            save(Path(self.path), data, force=True)
        except MbaError as error:
            raise LostError(*error.problems) from error

    def difference(self) -> str:
        """The lines that the answers change, as a patch has them; of a workbook the cells."""
        if is_zip(self.data):
            return cells_apart(self.path, self.before, self.data)
        old, new = (text_of(self.path, data).text.splitlines(keepends=True) for data in (self.before, self.data))
        lines = unified_diff(old, new, self.path, self.path)
        return "".join(line.removesuffix("\n") + "\n" for line in lines)


class LostError(MbaError):
    """The file cannot be written to any more."""


def converse(asking: Asking, show: Callable[[list[Block]], object], reply: Callable[[str], str]) -> None:
    """Ask until nothing is left that could change an answer, or until the reply is to stop, or nothing.

    `show` shows the blocks of a report, and `reply` gets what is typed after a prompt.
    """
    left, answered = len(asking.left()), 0
    unknown: list[str] = []
    if left:
        show(words.opening(asking.decision, left, asking.path, dry=asking.dry))
    while asked := asking.next():
        show(words.put_to(asked, asking.decision))
        typed = _understood(asked, asking, show, reply)
        if typed in _STOP:
            asking.put.discard(asked[:3])
            break
        before = asking.decision
        if typed in _NOBODY:
            unknown.append(f"{whose(asked, before)} ({asked.input.about.words})")
        if not isinstance(typed, int):
            continue
        try:
            asking.give(asked, typed)
        except LostError:
            raise
        except MbaError as error:
            show([*map(prose, error.text().splitlines())])
            continue
        answered += 1
        show([prose(words.effect(before, asking.decision))])
    show(words.closing(answered, asking.decision, unknown, asking.path))


def _understood(
    asked: Question, asking: Asking, show: Callable[[list[Block]], object], reply: Callable[[str], str]
) -> int | str:
    """The figure that is typed, or the word; asked again until it is one of them, and sure where it looks wrong."""
    prompt = words.PROMPT[asked.input.about.kind]
    line = reply(prompt)
    while line:
        typed = line.strip().casefold()
        figure, answers = amount(plainly(typed)) or 0, asked.input.about.answers
        begins = [answer.startswith(typed) for answer in answers]
        if typed and any(begins):
            return begins.index(True)
        if figure == int(figure) and int(figure) in _RANGES[asked.input.is_rating] and not answers:
            value = int(figure)
            doubts = words.doubted(asked, value, asking.doubts(asked, value), asking.decision)
            if not doubts:
                return value
            show(doubts)
            line = reply(words.SURE)
            sure = line.strip().casefold()
            if sure in _YES:
                return value
            if sure not in _NO:
                continue  # It is another answer.
        elif typed in _WORDS:
            return typed
        else:
            show([prose(words.not_understood(asked))])
        line = reply(prompt)
    return ""


def _row(source: Source, asked: Question) -> Route:
    """The keys that lead to the row that is asked about, in the file itself; in a scenario under its changes."""
    root = parse(source)
    if "base" in root.group():
        if asked.of is None:
            return "changes", asked.group
        called = Answering(root.at("changes", asked.group).group()).called(asked.of)
        return "changes", asked.group, next(iter(called), asked.of)
    if asked.of is None:
        return (asked.group,)
    ids = [row.word("id") for row in root.rows(asked.group)]
    return asked.group, ids.index(asked.of)


def elsewhere(path: str, asked: Asked) -> Decision | None:
    """The answer where no answers are written: on standard input or a pipe, or as it was stored."""
    if stored := load_result(path):
        return stored
    return answer(path, asked).decision if is_stream(Path(path)) else None


def answerer(by: str) -> str:
    """The name of who answers, as a profile or a scenario takes it. Raises MbaError where it takes none such."""
    if by == REMOVE:
        raise refusal(f"--by {REMOVE}: in a scenario that word takes a key out", "Give a name.")
    try:
        return Function(id="any", said_by={"vat": by}).said_by["vat"] if by else ""
    except ValidationError as error:
        raise refusal("--by must be a name on one line, of 200 letters at most") from error
