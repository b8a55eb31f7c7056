"""A flag, a transfer, a closed account or a disposal after a file was prepared: whatever the kind, nobody gets it."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.cast import cases
from tests.cast.cases import Counter
from tests.cast.mailed_links import mailed_path
from tests.cast.role_matrix.world import pdf
from todoke.accounts.models import User
from todoke.cases.letters import dispatch
from todoke.cases.models import Case, Letter, LetterBatch, StopFlag
from todoke.cases.records.record_disposal import erase_case
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import Upload
from todoke.japanese.calendar import today
from todoke.notices.file_links import share_file
from todoke.notices.models import FileLink
from todoke.notices.outbox import Recipient
from todoke.organization.models import Tenure
from todoke.records.models import RecordFile

pytestmark = pytest.mark.django_db
NAME, CONTENT = "山田 花子", b"handed over"


@dataclass
class Prepared:
    """One application of a resident, decided, printed and filed, and what was made of it."""

    at: Counter
    owner: User
    case: Case
    batch: LetterBatch
    letter: Letter
    upload: Upload
    link: FileLink
    secret: str

    def path(self, pattern: str) -> str:
        assert self.case.proposal is not None
        return pattern.format(
            case=self.case.number, batch=self.batch.token, letter=self.letter.token, upload=self.upload.token,
            proposal=self.case.proposal.number, link=self.secret,
        )  # fmt: skip


@pytest.fixture
def prepared() -> Prepared:
    at, owner = cases.counter(), cast.resident()
    case = cases.proposed(at, by=owner)
    upload = Upload.create_from(case.submission, AnswerKey("paper", 0), pdf(), by=owner)
    assert case.proposal is not None
    case.proposal.approve(by=at.chief)
    cases.work_off()
    letter = case.letters.get()
    batch = dispatch.create_batch([letter.token], by=at.clerk)
    link = share_file(
        SimpleUploadedFile("写し.pdf", CONTENT), to=Recipient("hanako@example.jp", None, NAME), note="", days=7,
        department=at.section, by=at.clerk,
    )  # fmt: skip
    secret = mailed_path("file-link").split("/")[2]
    cases.work_off()
    case.refresh_from_db()
    batch.refresh_from_db()
    dispatch.mark_posted(batch, by=at.clerk)
    return Prepared(at, owner, case, batch, letter, upload, link, secret)


def flag(made: Prepared) -> None:
    StopFlag.place(name="山田花子", department=made.at.section, starts_on=today(), ends_on=today(), by=made.at.chief)


def transfer(made: Prepared) -> None:
    Tenure.objects.filter(user=made.at.clerk).delete()
    elsewhere = cast.department("税務課", "3010")
    Tenure.objects.create(
        post=elsewhere.posts.create(title="担当1", role="clerk"), user=made.at.clerk, starts_on=cast.LONG_AGO
    )


def disable(made: Prepared) -> None:
    User.objects.filter(pk__in=[made.at.clerk.pk, made.owner.pk]).update(is_active=False)


def dispose(made: Prepared) -> None:
    file = RecordFile.objects.get(number=made.case.number)
    erase_case(file, by=made.at.chief)
    RecordFile.objects.filter(pk=file.pk).update(status=RecordFile.Status.DISPOSED, disposed_at=timezone.now())
    cases.work_off()


def move(made: Prepared) -> None:
    """The matter goes to another section, with its file."""
    elsewhere = cast.department("税務課", "3010")
    Case.objects.filter(pk=made.case.pk).update(department=elsewhere)
    RecordFile.objects.filter(number=made.case.number).update(department=elsewhere)


EVENTS: tuple[Callable[[Prepared], None], ...] = (flag, transfer, disable, dispose, move)
STAFF_FILES = {
    "letters": "/office/batches/{batch}/letters/file/",
    "addresses": "/office/batches/{batch}/addresses/file/",
    "letter": "/office/cases/{case}/letters/{letter}/",
    "attachment": "/office/cases/{case}/uploads/{upload}/",
    "decision": "/office/proposals/{proposal}/document/",
    "disclosure": "/office/records/{case}/disclosure/",
    "case list": "/office/cases/export/?view=closed&columns=name",
    "case workbook": "/office/cases/export/?view=closed&columns=name&export=xlsx",
    "letter list": "/office/batches/export/?view=posted&columns=name",
}
RESIDENT_FILES = {"online letter": "/cases/{case}/letters/{letter}/", "linked file": "/files/{link}/content/"}
NOT_ABOUT_IT = {
    ("decision", move): "the section that drafted it keeps it",
    ("online letter", transfer): "the applicant's own",
    ("online letter", move): "the applicant's own",
    ("linked file", transfer): "handed to a person outside",
    ("linked file", disable): "whoever holds the link has no account",
    ("linked file", dispose): "ends by its own days",
    ("linked file", move): "handed to a person outside",
}
"""Where what happens says nothing of who may take the file."""
KINDS = STAFF_FILES | RESIDENT_FILES
PAIRS = [(kind, event) for kind in KINDS for event in EVENTS if (kind, event) not in NOT_ABOUT_IT]


def taken(client: Client, address: str, method: str) -> bool:
    """Whether an answer carries the file, or a list with the person's name."""
    answer = client.generic(method, address)
    body = answer.getvalue() if answer.streaming else answer.content
    if answer["Content-Type"].startswith("text/html"):
        return False
    if "xlsx" in address:
        body = zipfile.ZipFile(io.BytesIO(body)).read("xl/sharedStrings.xml")
    return body.startswith(b"%PDF") or NAME.encode() in body or body == CONTENT


@pytest.mark.parametrize(("kind", "event"), PAIRS, ids=[f"{kind}-{event.__name__}" for kind, event in PAIRS])
def test_what_happened_since_closes_the_file(prepared: Prepared, kind: str, event: Callable[[Prepared], None]) -> None:
    client = cast.signed_in(prepared.at.clerk if kind in STAFF_FILES else prepared.owner)
    address = prepared.path(KINDS[kind])
    assert taken(client, address, "POST" if kind == "linked file" else "GET")
    event(prepared)
    assert not taken(client, address, "GET")
    assert not taken(client, address, "POST")
    assert not taken(Client(), address, "GET")
    assert kind != "linked file" or not taken(Client(), address, "POST")


def test_a_protected_persons_paper_is_given_for_a_stated_reason_and_to_nobody_else(prepared: Prepared) -> None:
    """Whoever processes the application of a protected person needs her papers."""
    flag(prepared)
    client, stranger = cast.signed_in(prepared.at.clerk), cast.signed_in(cases.stranger())
    for kind in ("attachment", "decision"):
        address = prepared.path(STAFF_FILES[kind])
        assert "支援措置が登録されている人" in client.get(address).content.decode()
        assert client.post(address, {"phrase": "other"}).status_code == 422
        given = client.post(address, {"phrase": "decision", "words": "本人の申請の審査"})
        assert given.getvalue().startswith(b"%PDF")
        assert stranger.post(address, {"phrase": "decision"}).status_code == 404
