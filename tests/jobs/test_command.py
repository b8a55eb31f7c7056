"""The operator sees what waits and retries what was given up."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import present
from tests.jobs import tasks
from todoke.jobs.models import ATTEMPTS, Job

pytestmark = pytest.mark.django_db


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("jobs", *arguments, stdout=out)
    return out.getvalue()


def test_dead_letters_are_shown_and_can_be_revived() -> None:
    tasks.note.enqueue(1)
    job = present(Job.objects.lease_next("一号"))
    Job.objects.filter(pk=job.pk).update(attempts=ATTEMPTS)
    job.refresh_from_db()
    job.fail(ValueError("極秘"))
    assert "断念 1件" in said()
    assert "極秘" not in said()
    assert "待機に戻しました" in said("--retry", job.token)
    with pytest.raises(CommandError):
        said("--retry", job.token)
