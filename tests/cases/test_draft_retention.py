"""A draft that nobody goes on with is erased after 90 days, and nothing that was sent is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import cases
from todoke.audit.models import Entry
from todoke.cases.models import Case, Draft
from todoke.cases.tasks import delete_abandoned_drafts
from todoke.formbuilder.models import Answer, Submission

pytestmark = pytest.mark.django_db


def saved(draft: Draft, days: int) -> Draft:
    Submission.objects.filter(pk=draft.submission_id).update(saved_at=timezone.now() - timedelta(days=days))
    return draft


def test_only_what_was_neither_sent_nor_saved_for_ninety_days_is_erased() -> None:
    at = cases.counter()
    saved(cases.filled(at), 91)
    saved(cases.filled(at, at.clerk, channel="counter"), 91)
    kept, sent = saved(cases.filled(at), 89), cases.case(at)
    saved(sent.submission.draft, 400)
    delete_abandoned_drafts.call()
    assert set(Draft.objects.all()) == {kept, sent.submission.draft}
    assert set(Answer.objects.values_list("submission", flat=True)) == {kept.submission_id, sent.submission_id}
    assert Entry.objects.filter(act="下書きの削除").count() == 2
    assert Case.objects.count() == 1
    delete_abandoned_drafts.call()
    assert Draft.objects.count() == 2
