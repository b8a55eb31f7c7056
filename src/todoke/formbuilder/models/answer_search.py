"""Answer search 回答の検索: submissions that give a telephone number, by the index of answers."""

from django.db.models import QuerySet

from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.models.answer import Answer
from todoke.formbuilder.models.form import FormVersion


def submissions_with_phone(digits: str) -> QuerySet[Answer, int]:
    """Return the ids of the submissions in which a question for a telephone is answered with these digits.

    The questions of that kind are those of every published version, so that the index of question and answer serves.
    """
    asked = {
        question.id
        for version in FormVersion.objects.defer("document")
        for _, _, question in version.parsed.by_id.values()
        if question.kind is QuestionKind.PHONE
    }
    found = Answer.objects.filter(question__in=asked, normal=digits, superseded_at=None)
    return found.order_by().values_list("submission", flat=True)
