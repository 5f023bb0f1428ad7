"""How much a reader is given to read: words, lines, repetition, the longest sentence, and how hard the words are.

For every example profile: the first screen, the whole report, the paper and its summary. Names and figures are masked,
and count as a word of one syllable each. A sentence of six words or more that was seen before in the same text is
repeated; its share is of the words in sentences. Lines are of the screen and of the whole report on a terminal. The
grade is Flesch and Kincaid's: 0.39 words a sentence + 11.8 syllables a word - 15.59 (J. P. Kincaid, R. P. Fishburne,
R. L. Rogers and B. S. Chissom, "Derivation of new readability formulas for Navy enlisted personnel", Research Branch
Report 8-75, Naval Air Station Memphis, 1975); syllables are groups of vowels, a final e left out.

Run: python benchmarks/prose.py [PROFILE...]
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mba.answer import Answered, Asked, answer
from mba.render.console import console_text
from mba.render.document import Document
from mba.report.assess import assessment
from mba.report.screen import screen
from mba.results import Decision
from mba.typed import command

PROFILES = sorted((Path(__file__).parent.parent / "profiles").glob("*.yaml"))
WIDTHS = range(40, 221, 20)
FEWEST = 6
"""Words from which a sentence that was seen before is repeated, and from which words are a sentence at all."""
MARKUP = re.compile(r"<[^>]*>|\[([^]]*)\]\([^)]*\)|[*_`\\|]|^\s*(?:[-•▸]|\d+\.|#+|>)\s+|^:?-+:?$", re.MULTILINE)
FIGURE = re.compile(r"[~<>±+-]?£?\d[\d,.]*\d[mk%]?|[~<>+-]?£?\d[mk%]?")


def sentences(words: str, names: list[str]) -> list[str]:
    """The sentences of a text, with names and figures masked; heads, and cells that are none, are left out."""
    found = []
    for line in words.splitlines():
        if line.lstrip().startswith("#"):
            continue
        cells = re.split(r"\s*(?<!\\)\|\s*|\s{2,}", line.strip())
        for cell in cells:
            if len(cells) > 1 and not cell.rstrip("* ").endswith((".", "?", "!")):
                continue
            plain = MARKUP.sub(r"\1", cell)
            for name in names:
                plain = plain.replace(name, "Name")
            plain = FIGURE.sub("9", plain)
            found += [said.strip() for said in re.split(r"(?<=[.!?])[”’]?\s+|(?<=:)\s+(?=[A-Z])", plain)]
    return [said for said in found if len(said.split()) >= FEWEST]


def repeated(said: list[str]) -> float:
    """The share of the words in sentences that stands in those seen before, 0-1."""
    seen = Counter(said)
    again = sum((times - 1) * len(sentence.split()) for sentence, times in seen.items())
    return again / max(1, sum(len(sentence.split()) for sentence in said))


def grade(said: list[str]) -> float:
    """The school year in which the sentences are read with ease, by Flesch and Kincaid."""
    words = re.findall(r"[A-Za-z’'9]+", " ".join(said))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / max(1, len(said)) + 11.8 * syllables / max(1, len(words)) - 15.59


def names_in(decision: Decision) -> list[str]:
    """What functions, partners, suppliers and the organisation are called, the longest first."""
    names = {decision.organisation.name, *decision.names.values(), *decision.others.values()}
    return sorted(names, key=len, reverse=True)


def on_terminal(document: Document, width: int) -> str:
    """The document as a terminal of so many columns shows it, without colours."""
    os.environ["COLUMNS"] = str(width)
    return console_text(document, io.StringIO())


def exported(path: Path, *options: str) -> str:
    """The paper on a profile in Markdown."""
    words = [sys.executable, "-m", "mba", "export", str(path), "--format", "markdown", *options]
    return subprocess.run(words, capture_output=True, check=True, text=True).stdout


def measured(name: str, words: str, names: list[str]) -> str:
    """The figures of one text in a line."""
    said = sentences(words, names)
    longest = max(said, key=lambda sentence: len(sentence.split()), default="")
    figures = f"{len(words.split()):>7,}{repeated(said):>10.1%}{len(longest.split()):>9}{grade(said):>7.1f}"
    return f"  {name:<10}{figures}  {longest}"


def show(path: Path) -> None:
    """Print the figures of one profile."""
    found: Answered = answer(str(path), Asked())
    decision, names = found.decision, names_in(found.decision)
    first = screen(decision, found.rules, *(command(verb, f"profiles/{path.name}", None) for verb in ("ask", "assess")))
    whole = assessment(decision, found.rules)
    print(f"{path.stem}\n  {'text':<10}{'words':>7}{'repeated':>10}{'longest':>9}{'grade':>7}  its longest sentence")
    texts = {"screen": on_terminal(first, 999), "--full": on_terminal(whole, 999)}
    texts |= {"paper": exported(path), "summary": exported(path, "--summary")}
    for name, words in texts.items():
        print(measured(name, words, names))
    print(f"  {'columns':<10}{''.join(f'{width:>6}' for width in WIDTHS)}")
    for name, document in (("screen", first), ("--full", whole)):
        lines = [len(on_terminal(document, width).splitlines()) for width in WIDTHS]
        print(f"  {name:<10}{''.join(f'{number:>6}' for number in lines)}")


if __name__ == "__main__":
    for profile in map(Path, sys.argv[1:] or PROFILES):
        show(profile)
