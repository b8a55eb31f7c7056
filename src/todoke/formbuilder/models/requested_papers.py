"""Requested papers あとから求めた書類: papers added to a submission, so that they can be attached like every other."""

from collections.abc import Sequence

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.document.requested_papers import PREFIX
from todoke.formbuilder.models.submission import Submission


@transaction.atomic
def request_papers(submission: Submission, labels: Sequence[str], *, by: Actor) -> list[AnswerKey]:
    """Add papers to a submission by their labels and return where each is attached; one asked for before, its place."""
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    papers = list(held.requested_papers)
    known = {paper["label"]: paper["id"] for paper in papers}
    for label in labels:
        if label not in known:
            known[label] = f"{PREFIX}{len(papers) + 1}"
            papers.append({"id": known[label], "label": label})
    if len(papers) > len(held.requested_papers):
        Submission.objects.filter(pk=submission.pk).update(requested_papers=papers)
        record(submission, "書類の追加の求め", by=by, after={"書類": [paper["label"] for paper in papers]})
    submission.requested_papers = papers
    return [AnswerKey(known[label]) for label in labels]
