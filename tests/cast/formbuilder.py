"""The cast of the forms: definitions, versions and people who fill them in."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import staff
from todoke.accounts.actors import Guest, System
from todoke.accounts.models import User
from todoke.formbuilder.document.form_templates import definition
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.models import FormDraft, FormReview, FormVersion, Submission
from todoke.organization.models import Post

PHOTO = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


WRONG: dict[QuestionKind, Value] = {
    QuestionKind.NAME: {"family": "見本", "given": "", "family_kana": "123", "given_kana": "ハナコ"},
    QuestionKind.DATE: "令和8年2月30日",
    QuestionKind.ADDRESS: {"postal": "12", "region": "東京都", "street": "1", "building": ""},
    QuestionKind.PHONE: "電話なし",
    QuestionKind.EMAIL: "hanako",
    QuestionKind.SHORT_TEXT: "長" * 301,
    QuestionKind.LONG_TEXT: "長" * 5000,
    QuestionKind.NUMBER: "たくさん",
    QuestionKind.MONEY: "-1",
    QuestionKind.CHOICE: "nothing_of_the_kind",
    QuestionKind.CHOICES: ["nothing_of_the_kind"],
    QuestionKind.YES_NO: "maybe",
    QuestionKind.DECLARATION: "no",
    QuestionKind.CORPORATE_NUMBER: "1234567890123",
    QuestionKind.BANK_ACCOUNT: {"bank": "みらい銀行", "branch": "", "type": "普通", "number": "12", "holder": "ミホン"},
}


def question(identifier: str = "dog_name", kind: str = "short_text", **more: Any) -> dict[str, Any]:
    return {"id": identifier, "kind": kind, "label": f"設問{identifier}", **more}


def small(*questions: dict[str, Any], **page: Any) -> dict[str, Any]:
    """A definition of one page with the questions given."""
    group = {"id": "group", "title": "", "questions": list(questions) or [question()]}
    return {"schema": 1, "title": "小さな様式", "pages": [{"id": "page", "title": "ページ", "groups": [group], **page}]}


def version(document: dict[str, Any] | None = None, code: str = "small") -> FormVersion:
    document = document or small()
    draft = FormDraft.objects.create(code=code, title=document["title"], document=document)
    return draft.publish(by=System())


def starter(code: str) -> FormVersion:
    return version(definition(code), code)


def begun(document: dict[str, Any] | None = None) -> Submission:
    return Submission.start(version=version(document), by=Guest())


def next_version(submission: Submission, *questions: dict[str, Any]) -> FormVersion:
    """Publish the next version of a submission's form with these questions."""
    draft = submission.version.draft
    draft.edit(small(*questions), by=System())
    return draft.publish(by=System())


def messages(submission: Submission) -> list[tuple[str, str]]:
    """What the applicant is told about her answers, with what she typed."""
    return [(notice.message, notice.typed) for notice in submission.migration_notices.unread()]


def photo(name: str = "写真.png", content: bytes = PHOTO) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def reviewed(draft: FormDraft) -> FormDraft:
    """Have a second designer confirm a draft as it stands."""
    email = "second@example.lg.jp"
    second = User.objects.filter(email=email).first() or staff("確認 次郎", email, Post.Role.DESIGNER)
    FormReview.open(FormDraft.objects.get(pk=draft.pk), by=System()).approve(by=second)
    return draft


DOG_PAGES: dict[str, dict[str, Any]] = {
    "owner": {
        "owner_name__family": "髙橋",
        "owner_name__given": "𠮷男",
        "owner_name__family_kana": "タカハシ",
        "owner_name__given_kana": "ヨシオ",
        "owner_address__postal": "１０４−００４５",
        "owner_address__region": "東京都中央区築地",
        "owner_address__street": "１−１",
        "owner_phone": "０３（１２３４）５６７８",
        "place_same": "yes",
    },
    "dog": {
        "dog_name": "ポチ",
        "dog_breed": "柴犬",
        "dog_sex": "male",
        "dog_colour": "茶",
        "dog_birth__era": "令和",
        "dog_birth__year": "８",
        "dog_birth__month": "1",
        "dog_birth__day": "5",
        "kept_since": "2026年3月1日",
    },
    "health": {"microchip": "no", "vaccinated": "no"},
    "tag": {"delivery": "counter", "counter_place": "health", "promise": "yes"},
}


def dog_filled() -> Submission:
    """A dog registration with every page filled in, not yet sent."""
    submission = Submission.start(version=starter("dog-registration"), by=Guest())
    for page_id, data in DOG_PAGES.items():
        assert not [problem for problem in submission.save_page(page_id, data, by=Guest()) if not problem.warning]
    return submission
