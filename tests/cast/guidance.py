"""Questions, answers and contacts, made by calling the verbs."""

from datetime import date

from tests import cast
from todoke.accounts.models import User
from todoke.guidance.faqs.memory_index import FaqText
from todoke.guidance.models import ContactTopic, Faq, FaqVersion
from todoke.organization.models import Department
from todoke.procedures.models import Procedure

REVIEW = date(2099, 4, 1)


def writer(section: Department | None = None, email: str = "writer@example.lg.jp") -> User:
    return cast.staff("小林 筆", email, section=section)


def published(
    question: str,
    answer: str,
    wordings: str = "",
    *,
    by: User,
    checked_by: User,
    review_on: date = REVIEW,
    procedure: Procedure | None = None,
) -> FaqVersion:
    """An answer that one person wrote and another published."""
    text = FaqText(question, answer, wordings)
    section = cast.department()
    draft = Faq.begin(text, department=section, review_on=review_on, by=by, procedure=procedure)
    return draft.publish(by=checked_by, seen=draft.revision)


def topic(name: str = "転入の届", kana: str = "てんにゅうのとどけ") -> ContactTopic:
    return ContactTopic.objects.create(name=name, kana=kana, department=cast.department())
