"""A person who applied on the English pages understands each mail about the application."""

import pytest
from django.core import mail
from django.test import Client

from tests.cast.cases import case, counter, work_off
from todoke.accounts.actors import System
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Case
from todoke.notices.default_templates import default_templates
from todoke.notices.models import Message
from todoke.notices.models.template import PLACEHOLDER

pytestmark = pytest.mark.django_db

TO_APPLICANTS = [
    "case-received", "fee-paid", "fee-overpaid", "fee-unpaid-again", "case-code", "case-correction", "case-decided",
    "case-withdrawn", "case-message", "draft-link",
]  # fmt: skip


def sent_in(language: str) -> Case:
    found = case(counter())
    found.submission.language = language
    found.submission.save(update_fields=["language"])
    return found


def told(code: str) -> str:
    return Message.objects.filter(code=code).latest("pk").body


def test_somebody_who_applied_in_english_reads_below_the_japanese_what_to_do() -> None:
    found = sent_in("en")
    notify_applicant(found, "case-decided", by=System())
    japanese, english = told("case-decided").split("\n\nThe examination of your application ")
    assert "審査が終わりました" in japanese
    assert english.startswith(f"{found.number} has ended.")


def test_the_code_is_said_in_english_to_whoever_applied_in_english() -> None:
    found = sent_in("en")
    Client().post("/status/code/", {"number": found.number})
    work_off()
    assert any("Your confirmation code is " in str(sent.body) for sent in mail.outbox)


@pytest.mark.parametrize("language", ["ja", "ja-easy"])
def test_nobody_else_gets_english_words(language: str) -> None:
    found = sent_in(language)
    notify_applicant(found, "case-decided", by=System())
    assert "application" not in told("case-decided")


@pytest.mark.parametrize("code", TO_APPLICANTS)
def test_the_english_words_need_nothing_that_the_japanese_ones_lack(code: str) -> None:
    text = default_templates()[code]
    assert text.english
    given = {"number", "url", "contact"} if code.startswith("case-") and code != "case-code" else set()
    given |= {"number"} if code.startswith("fee-") else set()
    assert set(PLACEHOLDER.findall(text.english)) <= set(PLACEHOLDER.findall(text.subject + text.body)) | given
