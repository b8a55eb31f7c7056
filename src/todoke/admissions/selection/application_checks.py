"""Application checks 申込みの点検: each application is in the round or left out, once, its papers worked in."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localtime

from todoke.admissions.intake.application_intake import applications_waiting, changed_since
from todoke.admissions.models import ApplicantChild
from todoke.admissions.selection.earlier_round import person_of, placed_elsewhere
from todoke.admissions.selection.round_input import OpenPoint, RoundInput
from todoke.cases.models import Case
from todoke.cases.models.status import Status
from todoke.japanese.calendar import JAPAN, format_era_date


def applications_missing(on: RoundInput) -> Iterator[OpenPoint]:
    """件数: applications received by the deadline that are neither in the round nor left out with a reason."""
    for case in applications_waiting(on.round):
        said = f"受け付けた申込み({case.number} {case.applicant_name})が、この選考にありません。"
        yield OpenPoint("application_missing", case.number, said, signable=False, place="applications")


def answers_changed(on: RoundInput) -> Iterator[OpenPoint]:
    """訂正された答え: applications whose answers are others than those that were taken in."""
    for child, corrected in changed_since(on.round):
        said = f"{on.named(child)}の申込みの答えが、取り込んだあとで変わりました。違いを反映してください。"
        when = localtime(corrected, JAPAN)
        rows = (f"訂正された日時 {format_era_date(when.date())} {when:%H:%M:%S}",)
        yield OpenPoint("answers_changed", child.number, said, rows, place="children")


def papers_waiting(on: RoundInput) -> Iterator[OpenPoint]:
    """書類: certificates, changes and corrections not yet worked in, also those of unknown children."""
    for paper in on.round.papers.filter(worked_in_at=None).select_related("child"):
        whose = on.named(paper.child) if paper.child else "だれのものか、まだわからない書類"
        said = f"届いた書類がまだ反映されていません: {paper.get_kind_display()}「{paper.note}」"
        rows = (whose, f"届いた日 {format_era_date(paper.received_on)}")
        yield OpenPoint("paper", str(paper.pk), said, rows, signable=False, place="papers")
    cases = {child.case_id: child for child in on.children if child.case_id}
    for case in Case.objects.filter(pk__in=cases, status=Status.CORRECTION).order_by("number"):
        said = f"申込み{case.number}は、補正を待っています。"
        yield OpenPoint("correction", case.number, said, (on.named(cases[case.pk]),), place="papers")


def applied_twice(on: RoundInput) -> Iterator[OpenPoint]:
    """二重の申込み: children of one name and day of birth, and those whom an earlier round has placed."""
    same = defaultdict[tuple[str, date], list[ApplicantChild]](list)
    for child in on.children:
        same[person_of(child)].append(child)
    for found in same.values():
        if len(found) > 1:
            said = f"同じ氏名・生年月日の児童が{len(found)}人います。一人の申込みが二つないか確かめてください。"
            yield OpenPoint("twice", found[0].number, said, tuple(map(on.named, found)), place="children")
    for child, earlier in placed_elsewhere(on.round, on.children):
        said = f"{on.named(child)}は、先に行った選考で、別の世帯番号で内定しています。"
        yield OpenPoint("placed_earlier", child.number, said, (str(earlier),), place="children")


APPLICATION_CHECKS = (applications_missing, answers_changed, papers_waiting, applied_twice)
