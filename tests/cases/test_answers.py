"""What a case reads from a submission: who applies, what was answered, and what counts of it."""

from datetime import date

from todoke.cases.answers import Applicant, answers_of, applicant_of, body_hash, summary_rows
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.document.conditions import Condition
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Document, FormPage, Group, Question, QuestionKind, Repeat, Required
from todoke.formbuilder.models import FormVersion, Submission

OPTIONAL = Required.NO
QUESTIONS = (
    Question("name", QuestionKind.NAME, "氏名"),
    Question("mail", QuestionKind.EMAIL, "メール", required=OPTIONAL),
    Question("home", QuestionKind.ADDRESS, "住所", required=OPTIONAL),
    Question("other", QuestionKind.NAME, "代理人", required=OPTIONAL),
    Question("dog", QuestionKind.SHORT_TEXT, "犬の名", required=OPTIONAL, when=Condition("answered", "mail")),
)
CHILDREN = Group("children", "お子さん", (Question("child", QuestionKind.SHORT_TEXT, "名"),), repeat=Repeat("子"))
DOCUMENT = Document("様式", (FormPage("p", "一", (Group("g", "", QUESTIONS), CHILDREN)),))
HANAKO = {"family": " 髙橋 ", "given": "花子", "family_kana": "タカハシ", "given_kana": "ハナコ"}
SUBMISSION = Submission(version=FormVersion(hash="v1"))


def journey(**answers: Value) -> Journey:
    return Journey(DOCUMENT, {AnswerKey(key): value for key, value in answers.items()}, date(2026, 11, 22))


def test_the_applicant_is_the_first_name_with_its_address() -> None:
    other = {"family": "別", "given": "人"}
    found = applicant_of(
        SUBMISSION, journey(name=HANAKO, other=other, mail=" a@example.jp ", home={"region": "築地", "street": "1"})
    )
    assert found == Applicant("髙橋 花子", "タカハシ ハナコ", "a@example.jp", "築地1", "")


def test_an_alternative_spelling_stands_beside_the_name() -> None:
    assert applicant_of(SUBMISSION, journey(name={**HANAKO, "plain_family": "高橋"})).plain == "高橋 花子"


def test_what_is_not_answered_stays_empty() -> None:
    assert applicant_of(SUBMISSION, journey()) == Applicant()
    assert applicant_of(SUBMISSION, journey(other={"given": "太郎"})) == Applicant(name="太郎")


def test_answers_are_normalised_and_rows_stand_together() -> None:
    answers = {AnswerKey("child", 1): " 一郎 ", AnswerKey("child", 2): "二郎", AnswerKey("mail"): "A＠example.jp"}
    found = answers_of(SUBMISSION, Journey(DOCUMENT, answers, date(2026, 11, 22)))
    assert found == {"mail": ("a@example.jp",), "child": ("一郎", "二郎")}


def test_the_rows_read_in_the_order_in_which_they_were_asked() -> None:
    labels = [row.label for row in summary_rows(SUBMISSION, journey(mail="a@example.jp"))]
    assert labels == ["氏名", "メール", "住所", "代理人", "犬の名", "名"]


def test_the_hash_changes_with_an_answer_that_counts_and_with_the_version() -> None:
    first = body_hash(SUBMISSION, journey(name=HANAKO))
    assert len(first) == 64
    assert body_hash(SUBMISSION, journey(name=HANAKO)) == first
    assert body_hash(SUBMISSION, journey(name={**HANAKO, "given": "花"})) != first
    assert body_hash(SUBMISSION, journey(name=dict(reversed(HANAKO.items())))) == first
    assert body_hash(Submission(version=FormVersion(hash="v2")), journey(name=HANAKO)) != first


def test_a_hidden_answer_does_not_count() -> None:
    assert body_hash(SUBMISSION, journey(name=HANAKO, dog="ポチ")) == body_hash(SUBMISSION, journey(name=HANAKO))


def test_the_hash_of_a_given_case_stays_what_it_is() -> None:
    """It is kept with every case; a change of how it is made would look like a change of every application."""
    assert body_hash(SUBMISSION, journey(mail="a@example.jp", dog="ポチ")) == KNOWN


KNOWN = "117fdf54d252334839a66b72559e70a91ad08171bc80ad298c6b442e9e8156d6"
