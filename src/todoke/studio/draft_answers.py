"""記入中の人の答え: how many people who are filling in a form have answered each of its questions."""

from django.db.models import Count

from todoke.formbuilder.models import Answer, FormDraft, Submission


def answering(draft: FormDraft) -> dict[str, int]:
    """Return, by question, how many open drafts have answered it."""
    filling = Submission.objects.drafts().filter(version__draft=draft)
    rows = Answer.objects.filter(submission__in=filling, superseded_at=None).values("question")
    return {row["question"]: row["people"] for row in rows.annotate(people=Count("submission", distinct=True))}
