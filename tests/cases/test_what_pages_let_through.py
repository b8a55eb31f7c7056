"""Whatever a page lets through can be saved, sent, mailed, shown and read back, on either database."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast.cases import DOCUMENT, counter, release
from tests.cast.formbuilder import question
from todoke.accounts.actors import Guest
from todoke.audit.log import subject_of
from todoke.cases import intake
from todoke.cases.models import Case, Draft
from todoke.formbuilder.answers.answer_rows import from_rows, to_rows
from todoke.formbuilder.answers.journey import Journey
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.offers.models import Release
from todoke.runtime.refusals import Refused

MAIL = [
    "taro..test.@docomo.example.jp", "taro.@docomo.example.jp", ".taro@docomo.example.jp", "たろう@example.jp",
    "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "o'brien@example.ie", "taro@example.jp　", "", "a@b.jp\r\nBcc: x@example.jp",
]  # fmt: skip
NAMES = ["山田", "O'Connor", "ヤマダ", "ジュンペイ", "𠮷", "名" * 99, "名" * 100, "あ\tい", "a\nb", "\u202eabc", ""]
DAYS = [
    "令和8年4月1日",
    "令和2026年11月20日",
    "平成33年7月1日",
    "㋿8年4月1日",
    "明治5年1月1日",
    "いつか",
    "令和50年1月1日",
]
NUMBERS = ["１２", "-1", "999999999999999", "1,000", "二", "10円", "2147483648"]
PHONES = ["０３（１２３４）５６７８", "+81 90-1234-5678", "1234", "０９０ー１２３４ー５６７８"]
WORDS = st.one_of(st.text(max_size=60), st.sampled_from(["長" * 200, "長" * 201, "a\x00b", "🏯", "行\r\n行", " "]))
QUESTIONS: list[dict[str, Any]] = [
    question("name", "name"),
    question("email", "email", required="no"),
    question("copies", "number", low=0),
    question("day", "date"),
    question("phone", "phone", required="no"),
    question("short", required="no"),
    question("long", "long_text", required="no"),
    question("money", "money", required="no"),
    question("where", "address", required="no"),
    question("welfare", "yes_no"),
    question("bank", "bank_account", required="no"),
]


def parts(
    question_id: str, names: tuple[str, ...], values: st.SearchStrategy[str]
) -> dict[str, st.SearchStrategy[str]]:
    return {f"{question_id}__{name}": values for name in names}


ANSWERS = st.fixed_dictionaries(
    {
        **parts("name", ("family", "given", "family_kana", "given_kana"), st.one_of(st.sampled_from(NAMES), WORDS)),
        "email": st.one_of(st.sampled_from(MAIL), st.emails(), WORDS),
        "copies": st.one_of(st.sampled_from(NUMBERS), st.integers().map(str)),
        "day": st.one_of(st.sampled_from(DAYS), st.dates().map(str)),
        "phone": st.one_of(st.sampled_from(PHONES), WORDS),
        "short": WORDS,
        "long": WORDS,
        "money": st.one_of(st.sampled_from(NUMBERS), WORDS),
        **parts("where", ("postal", "region", "street", "building"), st.one_of(st.just("104-0045"), WORDS)),
        "welfare": st.sampled_from(["yes", "no"]),
        **parts(
            "bank", ("bank", "branch", "number", "holder"), st.one_of(st.sampled_from(["ミホン", "1234567"]), WORDS)
        ),
    }
)


@pytest.fixture
def service(db: None) -> Release:
    section = counter().section
    group = {**DOCUMENT["pages"][0]["groups"][0], "questions": QUESTIONS}
    document = {**DOCUMENT, "pages": [{**DOCUMENT["pages"][0], "groups": [group]}]}
    return release(section, fee=300, code="everything", serial=77, document=document)


def typed(answers: dict[str, str]) -> QueryDict:
    """The answers as a browser posts them."""
    data = QueryDict(mutable=True)
    for name, text in answers.items():
        data[name] = text
    return data


def fee_is_too_large(draft: Draft) -> bool:
    """Whether the check page says so, before anything is sent."""
    try:
        intake.fee_of(draft.release, draft.submission)
    except Refused:
        return True
    return False


@given(ANSWERS)
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_a_page_lets_through_can_be_sent_mailed_and_read_back(service: Release, answers: dict[str, str]) -> None:
    draft = intake.begin(service, by=Guest())
    problems = [each for each in draft.submission.save_page("person", typed(answers), by=Guest()) if not each.warning]
    stored = draft.submission.current_answers()
    document = draft.submission.document
    rows = [row for key, value in stored.items() for row in to_rows(document.question(key.question), key, value)]
    assert from_rows(document, rows) == stored
    assert all(row.text is not None for _, listed in Journey(document, stored, today()).summary() for row in listed)
    if problems:
        return
    if fee_is_too_large(draft):
        return
    case = intake.accept(draft.submission, by=Guest())
    assert Case.objects.filter(pk=case.pk, applicant_email=case.applicant_email).exists()
    assert case.submission.current_answers() == stored
    if case.applicant_email:
        mail = Message.objects.get(code="case-received", about=subject_of(case))
        assert EmailMessage(mail.subject, mail.body, "ku@example.lg.jp", [mail.email]).message().as_bytes()


@pytest.mark.parametrize("email", MAIL)
def test_an_address_is_refused_at_the_question_or_the_application_arrives(service: Release, email: str) -> None:
    good = {
        "name__family": "山田", "name__given": "花子", "name__family_kana": "ヤマダ", "name__given_kana": "ハナコ",
        "copies": "2", "day": "令和8年4月1日", "welfare": "no",
    }  # fmt: skip
    draft = intake.begin(service, by=Guest())
    problems = draft.submission.save_page("person", typed({**good, "email": email}), by=Guest())
    refused = {problem.question for problem in problems if not problem.warning}
    assert refused <= {"email"}
    if not refused:
        assert intake.accept(draft.submission, by=Guest()).applicant_email in {
            "",
            "taro@example.jp",
            "o'brien@example.ie",
        }
