"""After disposal nothing that a person wrote is found anywhere, and the figures are what they were."""

import base64
import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Count

from tests import cast
from tests.cast import cases as cast_cases
from todoke.accounts.actors import Guest
from todoke.approvals.models import Proposal
from todoke.audit import log as chain
from todoke.cases import decisions, intake
from todoke.cases.correction import corrections
from todoke.cases.mail.draft_link import mail_draft_link
from todoke.cases.models import Case
from todoke.cases.records.record_disposal import propose_disposal
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import Upload
from todoke.organization.models import Post
from todoke.records.models import Disposal, RecordFile

pytestmark = pytest.mark.django_db
CANARIES = (
    "迦楼羅丸", "カナリアマル", "canary-7f3a", "書類の金糸雀", "却下の金糸雀", "補正の金糸雀", "メモの金糸雀",
    "かなりあまる",
)  # fmt: skip
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
PERSON: dict[str, Any] = {
    "name__family": CANARIES[0],
    "name__family_kana": CANARIES[1],
    "email": f"{CANARIES[2]}@example.jp",
}


def everything_stored() -> str:
    """Every row of every table, and the name and content of every file."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [repr(row) for row in cursor.fetchall()]
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        found.append(str(path))
        if path.is_file():
            found.append(path.read_bytes().decode("utf-8", "ignore"))
    return "\n".join(found)


def traces(log: str = "") -> set[str]:
    stored = everything_stored() + log
    return {word for word in CANARIES if word in stored or word.encode().hex() in stored}


def bytes_left() -> set[str]:
    """The words found anywhere in SQLite's own pages, also where rows were deleted or overwritten."""
    image = connection.connection.serialize()
    return {word for word in CANARIES if word.encode() in image}


def figures() -> list[tuple[object, ...]]:
    cases = Case.objects.values_list("status", "channel", "department", "release").annotate(n=Count("pk"))
    records = RecordFile.objects.values_list("kind", "outcome", "department", "closed_on").annotate(n=Count("pk"))
    return [*sorted(cases, key=str), *sorted(records, key=str)]


def refused_case(at: cast_cases.Counter) -> Case:
    """A case with everything in it that people write: answers, a paper, a correction, a note, a reason."""
    draft = cast_cases.filled(at, **PERSON)
    paper = SimpleUploadedFile(f"{CANARIES[3]}.png", PNG + CANARIES[3].encode(), "image/png")
    Upload.create_from(draft.submission, AnswerKey("name", 0), paper, by=Guest())
    mail_draft_link(draft, PERSON["email"], asker="here", by=Guest())
    case = intake.accept(draft.submission, by=Guest())
    case.start_review(by=at.clerk)
    case.add_note(CANARIES[6], by=at.clerk)
    point = corrections.CorrectionPoint(AnswerKey("copies", 0), "other", CANARIES[5])
    asked = corrections.request_correction(case, [point], by=at.clerk, message=CANARIES[5])
    corrections.cancel_correction(asked, by=at.clerk, reason=CANARIES[5])
    case.refresh_from_db()
    decisions.propose(case, "refused", reason=CANARIES[4], by=at.clerk)
    cast.present(case.proposal).approve(by=at.chief, opinion=CANARIES[0])
    cast_cases.work_off()
    case.refresh_from_db()
    return case


def test_a_closed_case_is_filed_by_itself_with_what_was_decided() -> None:
    case = cast_cases.decided(cast_cases.counter())
    file = RecordFile.objects.get(number=case.number)
    assert (file.kind, file.outcome) == ("証明書の請求", "認容")
    assert [document.name for document in file.documents.all()] == ["申請書", "決定", "決裁欄"]
    assert "山田" in file.documents.get(name="申請書").text


def test_after_disposal_nothing_of_the_person_is_left_and_the_figures_stay(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    at = cast_cases.counter()
    case = refused_case(at)
    cast_cases.decided(at)
    assert traces() == set(CANARIES), "the search finds what is there"
    if connection.vendor == "sqlite":
        assert bytes_left() == set(CANARIES)
    before = figures()
    RecordFile.objects.filter(number=case.number).update(expires_on=date(2026, 3, 31))
    disposal = Disposal.create_list(RecordFile.objects.disposable(), kind=Disposal.Kind.DESTROY, by=at.clerk)
    propose_disposal(disposal, route=at.release.route, by=at.clerk).approve(by=at.chief)
    disposal.refresh_from_db()
    assert disposal.execute(by=at.clerk) == 1
    cast_cases.work_off()
    assert traces(caplog.text) == set()
    if connection.vendor == "sqlite":
        assert bytes_left() == set()
    assert figures() == before
    assert RecordFile.objects.filter(status="kept").count() == 1, "the neighbour's file is untouched"
    assert list(chain.verify()) == []


def test_a_rejected_list_keeps_everything() -> None:
    at = cast_cases.counter()
    case = cast_cases.decided(at)
    RecordFile.objects.update(expires_on=date(2026, 3, 31))
    disposal = Disposal.create_list(RecordFile.objects.all(), kind=Disposal.Kind.DESTROY, by=at.clerk)
    propose_disposal(disposal, route=at.release.route, by=at.clerk).reject(by=at.chief, reason="再確認のため")
    disposal.refresh_from_db()
    assert disposal.status == "dropped"
    assert RecordFile.objects.get(number=case.number).status == "kept"


def test_who_draws_up_the_list_cannot_approve_it() -> None:
    at = cast_cases.counter()
    cast_cases.decided(at)
    RecordFile.objects.update(expires_on=date(2026, 3, 31))
    disposal = Disposal.create_list(RecordFile.objects.all(), kind=Disposal.Kind.DESTROY, by=at.chief)
    director = cast.staff("部長", "director@example.lg.jp", Post.Role.DIRECTOR, at.section)
    proposal = propose_disposal(disposal, route=at.release.route, by=at.chief)
    assert not proposal.steps.filter(role=Post.Role.CHIEF, status="open").exists()
    Proposal.objects.get(pk=proposal.pk).approve(by=director)
    disposal.refresh_from_db()
    assert disposal.status == "approved"
    assert disposal.drawn_up_by == at.chief
