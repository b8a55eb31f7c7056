"""An ended round is filed; once its record is disposed of, nothing says who applied."""

from datetime import date

import pytest
from django.core import serializers
from django.core.files.storage import default_storage

from tests import cast
from tests.cast.admission_applications import application, mapped, service
from tests.cast.admissions import Nursery, nursery
from tests.cast.cases import work_off
from todoke.admissions import models as rows
from todoke.admissions.intake.application_intake import take_in_all
from todoke.admissions.models import Directive, SelectionRound
from todoke.admissions.selection.adoption import notify
from todoke.admissions.selection.round_disposal import end_round, record_number
from todoke.approvals.models import Proposal
from todoke.cases.records.record_entry import file_case
from todoke.records.models import Disposal, RecordFile

pytestmark = pytest.mark.django_db
CANARIES = ("カナリア", "の児童", "の保護者", "山田", "秘密")


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def ended(place: Nursery) -> SelectionRound:
    form = service(place)
    of = place.opened(offer=form.offer)
    mapped(place, of)
    place.seats(of, "もも", 1)
    application(form, {"name": "カナリア"}, by=cast.resident())
    take_in_all(of, by=place.clerk)
    child = place.child(place.family(of, "B"), "B1", "もも")
    forbidden = Directive.write(
        child, kind="forbid", facility=place.facilities["みかん"], reason="care", text="秘密", by=place.chief
    )
    forbidden.approve(by=place.director)
    place.adopted(of)
    notify(of, by=place.clerk)
    end_round(of, by=place.clerk)
    return of


def disposed(file: RecordFile, place: Nursery) -> None:
    RecordFile.objects.filter(pk=file.pk).update(starts_on=date(2000, 4, 1), expires_on=date(2005, 3, 31))
    found = RecordFile.objects.get(pk=file.pk)
    made = Disposal.create_list([found], kind=Disposal.Kind.DESTROY, by=place.clerk)
    made.approve(decision="令和8年度-1", list_hash=made.list_hash, by=place.chief)
    made.execute(by=place.clerk)


def everything() -> str:
    models = [getattr(rows, name) for name in rows.__all__]
    return "".join(serializers.serialize("json", model.objects.all(), ensure_ascii=False) for model in models)


def test_an_ended_round_is_filed_without_a_childs_name(ended: SelectionRound) -> None:
    file = RecordFile.objects.get(number=record_number(ended))
    text = "".join(file.documents.values_list("text", flat=True))
    assert (file.kind, "申込児童: 2" in text) == ("利用調整", True)
    assert not [word for word in CANARIES if word in text + file.title]


def test_disposal_erases_who_applied_and_keeps_the_counts(place: Nursery, ended: SelectionRound) -> None:
    run = ended.runs.get()
    paths = [each["path"] for each in run.files.values()]
    assert [word for word in CANARIES if word in everything()]
    disposed(RecordFile.objects.get(number=record_number(ended)), place)
    work_off()
    ended.refresh_from_db()
    assert not [word for word in CANARIES if word in everything()]
    assert not [path for path in paths if default_storage.exists(path)]
    assert (ended.placements.count(), ended.disposed_at is not None) == (2, True)
    assert Proposal.objects.count() == 1


def test_pages_of_a_disposed_round_still_open(place: Nursery, ended: SelectionRound) -> None:
    disposed(RecordFile.objects.get(number=record_number(ended)), place)
    clerk = cast.signed_in(place.clerk)
    for part in ("", "children/", "children/B1/", "runs/1/", "seats/"):
        assert clerk.get(f"/office/admissions/{ended.pk}/{part}").status_code == 200
    assert clerk.get(f"/board/public/admissions/{ended.pk}/").status_code == 404


def test_an_application_is_disposed_of_although_its_child_stands_in_a_round(
    place: Nursery, ended: SelectionRound
) -> None:
    case = ended.children.exclude(case=None).select_related("case").get().case
    assert case is not None
    disposed(file_case(case, by=place.clerk), place)
    case.refresh_from_db()
    assert (case.applicant_name, ended.children.filter(case=case).count()) == ("", 1)
