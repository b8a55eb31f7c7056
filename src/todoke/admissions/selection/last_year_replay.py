"""Replay 前年の再現: last year's round computed by this program, each difference from the official list classed."""

from django.db import transaction

from todoke.accounts.models import User
from todoke.admissions.checker import check
from todoke.admissions.models import PlacementRun, ReplayDifference, SelectionRound
from todoke.admissions.models.selection_round import require_runner
from todoke.admissions.selection.run_computation import compute_run
from todoke.admissions.selection.run_files import read_document
from todoke.file_validation.bounded_read import read_bounded
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table

HEADS = ("申込番号", "施設")
WANTED = (Headings(tuple((head,) for head in HEADS)),)
WAITING = {"", "保留", "待機", "なし"}


def read_official(of: SelectionRound, content: bytes) -> dict[str, str | None]:
    """Return the official places by application number from a table 申込番号・施設; the facility by name or number.

    Raises Refused with the lines that name an unknown child or facility.
    """
    facilities = {each.name: each.code for each in of.scheme.facilities.all()}
    facilities |= {code: code for code in facilities.values()}
    numbers = set(of.children.applying().values_list("number", flat=True))
    found, wrong = dict[str, str | None](), list[str]()
    for line, cells in read_bounded(read_table, content, WANTED).records():
        number, name = cells["申込番号"].strip(), cells["施設"].strip()
        if number not in numbers or (name not in WAITING and name not in facilities):
            wrong.append(f"{line}行目({number} {name})")
        else:
            found[number] = facilities.get(name)
    if wrong:
        raise Refused(f"この選考にない申込番号か施設があります: {'、'.join(wrong[:10])}。何も取り込んでいません。")
    return found


@transaction.atomic
def request_replay(of: SelectionRound, official: dict[str, str | None], *, by: User) -> PlacementRun:
    """再現を求める: put the replay of a round in the queue with its official list. Raises NotAllowed, Refused."""
    if not official:
        raise Refused("実際の結果の一覧が空です。申込番号と施設の列がある表を選んでください。")
    return PlacementRun.request(of, by=by, kind=PlacementRun.Kind.REPLAY, changes={"official": official})


def compute_replay(run: PlacementRun) -> list[ReplayDifference]:
    """再現の計算: compute the round and keep each child whose official place differs; returns the differences."""
    compute_run(run)
    run.refresh_from_db()
    if run.status != PlacementRun.Status.DONE or run.replay_differences.exists():
        return list(run.replay_differences.all())
    replayed, official = read_document(run, "result")["assignment"], run.changes["official"]
    report = check(read_document(run, "instance"), {"assignment": dict.fromkeys(replayed) | official})
    shown = {key: report.report[key] for key in ("hard_violations", "blocking_coalitions")}
    PlacementRun.objects.filter(pk=run.pk).update(figures=run.figures | {"official": shown})
    facilities = {each.code: each for each in run.round.scheme.facilities.all()}
    children = {each.number: each for each in run.round.children.applying()}
    return ReplayDifference.objects.bulk_create(
        ReplayDifference(
            run=run, child=children[number], replayed=facilities.get(replayed.get(number) or ""),
            official=facilities.get(official.get(number) or ""),
        )
        for number in sorted(children)
        if replayed.get(number) != official.get(number)
    )  # fmt: skip


def classify(difference: ReplayDifference, cause: str, *, note: str, by: User) -> None:
    """差を分ける: say why an official place differs. Raises NotAllowed, Conflict without a cause or a note."""
    require_runner(difference.run.round.scheme, by)
    difference.classify(cause, note=note, by=by)
