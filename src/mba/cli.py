"""The commands: parse, call, print, exit. No arithmetic, and no wording of findings."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mba import dialogue, options
from mba.options import option
from mba.output.formats import PAPERS, Format
from mba.render.document import Block, Document

app = typer.Typer(
    name="mba",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def program(version: options.Version = False) -> None:
    """Make, share, ally or buy: how to run each support function, inside your budget, and why."""


@app.command()
def assess(
    profile: options.ProfileFile,
    format: options.AnyFormat = None,
    output: options.Output = None,
    force: options.Force = False,
    rules: options.RulesFile = None,
    budget_per_head: options.PerHead = None,
    premium: options.Premium = None,
    population: options.HowMany = None,
    kind: options.KindOfList = None,
    draws: options.NumberOfDraws = None,
    seed: options.Seed = 1,
    full: options.Full = False,
) -> None:
    """Say on one screen what to move now, what it costs and what to find out first; with --full, everything."""
    from mba.answer import Asked, answer
    from mba.output.streams import tell
    from mba.output.write import way_out, write
    from mba.problem import in_brief
    from mba.report.screen import assessed
    from mba.typed import following, said_of_list

    way = way_out(format, output, force=force)
    found = answer(profile, Asked(rules, budget_per_head, draws, seed, premium, population, kind))
    commands = following(profile, rules, population, kind)
    if population:
        tell((*in_brief(found.told), *said_of_list(profile, population, kind, found.decision.organisation.kind)))
    three = (commands.asked, commands.full, commands.checked)
    write(
        way,
        lambda: assessed(found.decision, found.rules, three, way.width, full=full or way.format is not Format.TEXT),
        found.decision,
        read=found.files,
    )


app.command()(dialogue.ask)
app.command()(dialogue.init)


@app.command()
def explain(
    profile: options.ProfileFile,
    function: options.FunctionName,
    format: options.AnyFormat = None,
    output: options.Output = None,
    force: options.Force = False,
    rules: options.RulesFile = None,
    budget_per_head: options.PerHead = None,
    premium: options.Premium = None,
    draws: options.NumberOfDraws = None,
    seed: options.Seed = 1,
) -> None:
    """Show every rule, rating and source behind one recommendation."""
    from mba.answer import Asked, answer, function_called, support_of
    from mba.output.write import way_out, write
    from mba.report.explain import explanation
    from mba.sensitivity.switching import switches

    way = way_out(format, output, force=force)
    asked = Asked(rules, budget_per_head, draws, seed, premium)
    found = answer(profile, asked)
    chosen = function_called(function, found.decision, profile)
    changes = switches(found.appraised, chosen.id)
    behind = support_of(found, chosen.id, asked) if way.format is Format.JSON else {}
    write(
        way,
        lambda: explanation(chosen, changes, found.decision, found.rules, found.knowledge.references),
        {"function": chosen, "switches": changes, "support": behind},
        read=found.files,
    )


@app.command()
def diff(
    profiles: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...",
            help="Two or more profiles, scenarios or stored results (.json); the first is the baseline.",
        ),
    ],
    format: options.AnyFormat = None,
    output: options.Output = None,
    force: options.Force = False,
    only: Annotated[options.Shown, option("--only", None, "What to show of the answers.")] = options.Shown.ALL,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with status 1 if any answer differs.")] = False,
    rules: options.RulesFile = None,
    premium: options.Premium = None,
    draws: options.NumberOfDraws = None,
    seed: options.Seed = 1,
) -> None:
    """Show what changes from one profile or scenario to another, and why; or several side by side."""
    from mba.answer import Asked, compared
    from mba.output.write import way_out, write
    from mba.report.beside import beside_report
    from mba.report.diff import what_changed

    way = way_out(format, output, force=force)
    found = compared(profiles, Asked(rules, None, draws, seed, premium))
    brief = only is options.Shown.CHANGED

    def document() -> Document:
        if found.comparison is None:
            return beside_report(found.beside, brief=brief)
        return what_changed(found.comparison, found.beside.names, brief=brief)

    write(way, document, found.comparison or found.beside, read=found.files)
    if exit_code and found.beside.changed:
        raise typer.Exit(1)


@app.command()
def export(
    profile: options.ProfileFile,
    output: options.PaperFile = None,
    format: options.PaperFormat = None,
    force: options.Force = False,
    summary: Annotated[bool, option("--summary", None, "The cover and one page, on which it can be decided.")] = False,
    sections: options.Sections = None,
    template: options.PaperForm = None,
    compare: options.Compare = None,
    plain: Annotated[bool, option("--plain", None, "Leave out of the cover what is not given.")] = False,
    meeting: Annotated[str, option("--meeting", "TEXT", "For the cover of the paper.")] = "",
    item: Annotated[str, option("--agenda-item", "TEXT", "Likewise.")] = "",
    author: Annotated[str, option("--author", "TEXT", "Likewise.")] = "",
    date: Annotated[str, option("--date", "TEXT", "Likewise; there is no date unless you give it.")] = "",
    considered: Annotated[str, option("--considered", "TEXT", "Likewise: where it was considered before.")] = "",
    engagement: Annotated[str, option("--engagement", "TEXT", "Likewise: who was asked.")] = "",
    equality: Annotated[str, option("--equality", "TEXT", "Likewise: effects on equality.")] = "",
    conflicts: Annotated[str, option("--conflicts", "TEXT", "Likewise: conflicts of interest.")] = "",
    legal: Annotated[str, option("--legal", "TEXT", "Likewise: legal advice.")] = "",
    data_protection: Annotated[str, option("--data-protection", "TEXT", "Likewise: effects on data protection.")] = "",
    reference: options.Template = None,
    rules: options.RulesFile = None,
    budget_per_head: options.PerHead = None,
    premium: options.Premium = None,
    draws: options.NumberOfDraws = None,
    seed: options.Seed = 1,
) -> None:
    """Write the paper for the governing body, for Word or a browser; or the figures behind it, for a spreadsheet."""
    from mba.answer import Asked, answer, held_against
    from mba.load.source import bare_name, visible
    from mba.output.export import for_a_paper_only, sections_of, stationery_of
    from mba.output.write import way_out, write
    from mba.report.diff import changes as what_changes
    from mba.report.outline import Front, Outline
    from mba.report.paper import paper
    from mba.report.sheet import sheet
    from mba.report.workbook import decision_workbook
    from mba.typed import commands_of

    about = (meeting, item, author, date, considered, engagement, equality, conflicts, legal, data_protection)
    front = Front(*map(visible, about))
    own: dict[str, str | bool] = {"--sections": sections or "", "--template": template or "", **front.options()}
    way = way_out(format, output, force=force, formats=PAPERS)
    if reference:
        way = way._replace(stationery=stationery_of(reference, way.format))
    shown = sections_of(sections, summary=summary, compared=compare is not None, template=template)
    for_a_paper_only(way.format, {**own, "--summary": summary, "--plain": plain, "--compare": compare})
    asked = Asked(rules, budget_per_head, draws, seed, premium)
    found = answer(profile, asked)
    files, baseline = found.files, ""
    changes: Sequence[Block] = ()
    if compare:
        against = held_against(compare, profile, found, asked)
        files, baseline = (*files, *against.files), against.beside.names[0]
        if against.comparison:
            changes = what_changes(against.comparison, brief=summary)
        same_name = Path(compare).name == Path(profile).name
        own["--compare"] = compare if same_name else Path(compare).name
    if reference:
        own["--reference"] = Path(reference).name
    if way.format is Format.WORD:
        own["--output"] = "paper.docx"
    elif way.format is not PAPERS[0]:
        own["--format"] = way.format
    own["--plain"] = plain
    commands = commands_of(profile, found.decision.functions[0].id, asked, own)
    names = tuple(dict.fromkeys(map(bare_name, files)))
    outline = Outline(shown, summary, front, commands, names, baseline, plain, template)
    write(
        way._replace(author=author),
        lambda: paper(found.decision, found.rules, found.knowledge.references, outline, changes),
        found.decision,
        {
            Format.CSV: lambda: sheet(found.decision, found.rules),
            Format.EXCEL: lambda: decision_workbook(found.decision, found.rules, found.knowledge.references),
        },
        read=(*files, reference or "-"),
    )


@app.command()
def check(
    profiles: options.ProfileFiles,
    format: Annotated[options.Text, option("--format", "text|json", "How to write the faults.")] = None,
    strict: options.Strict = False,
    strict_assumptions: Annotated[bool, typer.Option("--strict-assumptions", hidden=True)] = False,
    rules: options.RulesFile = None,
    population: options.HowMany = None,
    kind: options.KindOfList = None,
) -> None:
    """Show every fault of a profile with its line, or what it leaves to be assumed."""
    from mba.answer import Asked, checked
    from mba.load.splice import cells_in_book
    from mba.output.streams import tell
    from mba.output.write import way_out, write
    from mba.problem import MbaError
    from mba.report.check import Next, check_reports, doubts
    from mba.report.starter import is_book
    from mba.typed import following

    way = way_out(format, None, formats=(Format.TEXT, Format.JSON))
    asked = Asked(rules, draws=None if way.format is Format.TEXT else 0, people=population, kind=kind)
    try:
        answers = checked(profiles, asked)
    except MbaError as error:
        if way.format is Format.TEXT:
            raise
        write(way, tuple, error.problems)
        raise typer.Exit(2) from error
    for each in answers.values():
        tell(each.told)
    found = {path: each.decision for path, each in answers.items()}
    every = {path: following(path, rules, population, kind) for path in found}
    cells = {path: cells_in_book(path) for path in filter(is_book, found)}
    commands = {path: Next(words.answer, words.full, cells.get(path)) for path, words in every.items()}
    doubtful = doubts(found, queries=strict, assumptions=strict_assumptions)
    write(way, lambda: check_reports(found, commands), doubtful)
    if doubtful:
        raise typer.Exit(1)


@app.command(name="rules")
def show_rules(
    format: options.AnyFormat = None,
    output: options.Output = None,
    force: options.Force = False,
    rules: options.RulesFile = None,
) -> None:
    """Show the rules, with their points, sources and certainty."""
    from mba.load.knowledge import Knowledge
    from mba.output.write import way_out, write
    from mba.report.reference import rules_document

    way = way_out(format, output, force=force)
    known = Knowledge(rules)
    read = (rules,) if rules else ()
    write(way, lambda: rules_document(known.rules, known.references), known.rules, read=read)


@app.command()
def catalogue(format: options.AnyFormat = None, output: options.Output = None, force: options.Force = False) -> None:
    """Show the functions that mba knows by id, with their default flags."""
    from mba.load.knowledge import load_catalogue
    from mba.output.write import way_out, write
    from mba.report.reference import catalogue_document

    way = way_out(format, output, force=force)
    known = load_catalogue()
    write(way, lambda: catalogue_document(known), known)


@app.command()
def schema() -> None:
    """Print the JSON Schema of profiles and scenarios, for editors that complete and check as you type."""
    from mba.load.schema import profile_schema
    from mba.output.record import record
    from mba.output.streams import emit

    emit(record(profile_schema()))
