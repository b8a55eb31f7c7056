"""Authorship 記入者: who wrote an answer, a fact of its row that stays when the form changes. Pure."""

from dataclasses import dataclass

from django.db import models

from todoke.formbuilder.document.structure import Question, Required


class AnswerSource(models.TextChoices):
    """記入者の区分: in which role somebody wrote an answer, or where it was copied from."""

    RESIDENT = "resident", "申請者"
    AGENT = "agent", "代わりに申請した人"
    COUNTER = "counter", "職員(聞き取り・書類から)"
    PREFILL = "prefill", "前回の申請から引用"
    OFFICE = "office", "職員の記入"
    CALCULATED = "calculated", "自動計算"


@dataclass(frozen=True)
class Authorship:
    """記入者: the role of who wrote an answer, and the account's primary key if there is one."""

    source: AnswerSource = AnswerSource.RESIDENT
    user: int | None = None

    def of(self, question: Question) -> "Authorship":
        """Return the authorship of an answer to this question: calculated, the office's entry, or as it is."""
        if question.formula is not None:
            return Authorship(AnswerSource.CALCULATED)
        return Authorship(AnswerSource.OFFICE, self.user) if is_office_only(question) else self


def is_office_only(question: Question) -> bool:
    """Tell whether only staff answer a question (職員のみ)."""
    return question.required is Required.STAFF


def is_answer_to(source: str, question: Question) -> bool:
    """Tell whether an answer of this source counts for a question: the office's for the office's, and no other."""
    return question.formula is not None or is_office_only(question) == (source == AnswerSource.OFFICE)


def changes_hands(before: Question, after: Question) -> bool:
    """Tell whether a question becomes the office's or the applicant's in another version."""
    return is_office_only(before) != is_office_only(after)
