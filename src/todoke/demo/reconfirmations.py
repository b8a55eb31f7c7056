"""現況届 of the demo ward: families with a granted allowance are asked whether anything changed; some have answered."""

from collections.abc import Mapping
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.cases import decisions, intake, reconfirmations
from todoke.cases.models import Case
from todoke.cases.prefill import as_form_data
from todoke.demo.cases import PEOPLE, SAMPLE
from todoke.demo.offers import Service, open_service
from todoke.demo.people import people_by_key
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Document, QuestionKind
from todoke.formbuilder.models import Submission
from todoke.japanese.calendar import today
from todoke.offers.models import Release

YEARLY = Service(
    code="child-allowance-yearly",
    national_id="204042",
    title="児童手当 現況届",
    section="子育て支援課",
    days=22,
    delivery="この画面",
    letter="児童手当 現況届 確認通知書",
)
FAMILIES = 5
ANSWERED = 2


def _answers(document: Document, number: int) -> dict[AnswerKey, Value]:
    """Return sample answers of one invented family; the names of its members come from the demo's people."""
    family, given, family_kana, given_kana = PEOPLE[number]
    name = {"family": family, "given": given, "family_kana": family_kana, "given_kana": given_kana}
    found = sample_answers(document, today())
    for spot in found:
        if document.question(spot.question).kind is QuestionKind.NAME:
            found[spot] = dict(name)
        elif document.question(spot.question).kind is QuestionKind.EMAIL:
            found[spot] = f"katei{number}@demo.example"
    return found


def _send(submission: Submission, answers: Mapping[AnswerKey, Value]) -> Case:
    """Fill in every page, attach sample files, and submit."""
    document = submission.document
    for spot in answers:
        if document.question(spot.question).kind is QuestionKind.FILE:
            paper = SimpleUploadedFile("書類(見本).png", SAMPLE)
            submission.attach(spot.question, paper, by=Guest(), row=spot.row)
    for page in document.pages:
        submission.save_page(page.id, as_form_data(answers), by=Guest())
    return intake.accept(submission, by=Guest())


def _granted(release: Release, number: int, clerk: User, chief: User) -> Case:
    draft = intake.begin(release, by=Guest())
    case = _send(draft.submission, _answers(draft.submission.document, number))
    case.start_review(by=clerk)
    decisions.propose(case, "granted", by=clerk).approve(by=chief)
    return case


def build() -> None:
    """Grant five allowances, request reconfirmation of all but the family with a stop flag; two have answered."""
    people = people_by_key()
    clerk, chief = people["child"], people["child-chief"]
    yearly = open_service(YEARLY, people["designer"])
    release = Release.objects.open().get(offer__code="child-allowance")
    for number in range(FAMILIES):
        _granted(release, number, clerk, chief)
    due = today() + timedelta(days=20)
    begun = reconfirmations.start_round(release.offer, yearly.offer, year=today().year, due_on=due, by=clerk)
    for asked in begun.asked.filter(held_at__isnull=True).order_by("pk")[:ANSWERED]:
        submission = reconfirmations.begin_answer(asked, by=Guest()).submission
        _send(submission, sample_answers(submission.document, today(), submission.current_answers()))
