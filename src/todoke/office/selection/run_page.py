"""Run page 試算のページ: the numbers of a run in words, and who differs from the run before."""

from typing import Any

from todoke.accounts.models import User
from todoke.admissions.models import Directive, PlacementRun
from todoke.admissions.models.placement_run import RunStatus
from todoke.admissions.selection.run_files import read_document
from todoke.design.templatetags.lists import SummaryListRow

SHOWN = 100


def run_context(run: PlacementRun, user: User) -> dict[str, Any]:
    """Return the context of a run's page."""
    done = run.status == RunStatus.DONE and not run.round.disposed_at
    shows_sides = done and "difference" in run.files
    older = run.round.runs.filter(kind="trial", status="done", number__lt=run.number)
    before = older.first() if done and not shows_sides else None
    return {
        "run": run,
        "round": run.round,
        "figures": figures_of(run) if done else [],
        "classes": class_rows(run) if done else [],
        "before": before,
        "differences": changed_children(run, before)[:SHOWN] if before else [],
        "sides": sides_of(run) if shows_sides else [],
        "files": [(NAMES.get(name, name), each["sha256"]) for name, each in run.files.items()],
        "losses": losses_of(run) if run.round.scheme.can_handle_directives(user) else [],
        "can_propose": run.is_adoptable and run.round.scheme.can_run(user),
    }


NAMES = {
    "instance": "入力",
    "rules": "基準の版",
    "result": "結果",
    "report": "検算の報告",
    "explanations": "希望ごとの理由",
    "certificate": "証明",
    "losses": "指示の影響",
    "difference": "条件を変える前との差",
    "bundle": "監査一式の目録",
}


def losses_of(run: PlacementRun) -> list[tuple[str, list[str]]]:
    """Return, for whoever handles directives, each directive of a run with the children who lose through it."""
    if "losses" not in run.files:
        return []
    facilities = {each.code: each.name for each in run.round.scheme.facilities.all()}
    names = dict(run.round.children.values_list("number", "name"))
    kinds = dict(Directive.Kind.choices)
    found = list[tuple[str, list[str]]]()
    for each in read_document(run, "losses"):
        told = each["directive"]
        said = f"{told['child']} {kinds[told['type']]} {facilities.get(told['facility'], '')}"
        found.append((said, [f"{lost['child']} {names.get(lost['child'], '')}" for lost in each["lose"]]))
    return found


def figures_of(run: PlacementRun) -> list[SummaryListRow]:
    """Return the numbers of the report in words."""
    numbers = run.figures
    waiting = numbers["new_applicants"] - numbers["new_placed"]
    return [
        SummaryListRow("申込児童", f"{numbers['new_applicants']:,}人(転園の申込みを除く)"),
        SummaryListRow("内定", f"{numbers['new_placed']:,}人"),
        SummaryListRow("保留", f"{waiting:,}人"),
        SummaryListRow("転園", f"{numbers['transfers_moved']:,}人"),
        SummaryListRow("席", f"{numbers['seats']:,}人分のうち{numbers['seats_used']:,}人分を使用"),
        SummaryListRow("規則に反する配置", f"{numbers['hard_violations']}件(別のプログラムによる検算)"),
        SummaryListRow("残る不公平", f"{numbers['blocking_coalitions']}件。{numbers.get('said', '')}"),
    ]


def sides_of(run: PlacementRun) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return who gains and who loses through the changed condition, each with the place before and after."""
    found = read_document(run, "difference")
    facilities = {each.code: each.name for each in run.round.scheme.facilities.all()}
    names = dict(run.round.children.values_list("number", "name"))
    sides = {"gain": "希望の順位が上がる児童", "lose": "希望の順位が下がる児童", "otherwise": "そのほか変わる児童"}
    return [
        (
            words,
            [
                (
                    f"{each['child']} {names.get(each['child'], '')}",
                    facilities.get(each["before"], "保留"),
                    facilities.get(each["after"], "保留"),
                )
                for each in found[side]
            ],
        )
        for side, words in sides.items()
        if found[side] or side != "otherwise"
    ]


def class_rows(run: PlacementRun) -> list[tuple[str, int, int]]:
    """Return applicants and placed children by class."""
    name = run.round.scheme.class_name
    return [(name(int(number)), asked, placed) for number, (asked, placed) in run.figures["placed_by_class"].items()]


def changed_children(run: PlacementRun, before: PlacementRun) -> list[tuple[str, str, str]]:
    """Return the children whose place differs from an earlier run: number and name, then, now."""
    then, now = (read_document(each, "result")["assignment"] for each in (before, run))
    facilities = {each.code: each.name for each in run.round.scheme.facilities.all()}
    names = dict(run.round.children.values_list("number", "name"))
    return [
        (
            f"{number} {names.get(number, '')}",
            facilities.get(then.get(number), "保留"),
            facilities.get(now[number], "保留"),
        )
        for number in now
        if then.get(number) != now[number]
    ]
