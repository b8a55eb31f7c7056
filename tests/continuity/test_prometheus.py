"""The monitor scrapes what the machine does, also while the database does not answer."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.utils import timezone
from pytest_django import Settings

from tests.cast import continuity
from todoke.continuity import prometheus
from todoke.jobs.models import Job
from todoke.runtime import read_only_mode

SAMPLE = re.compile(r'todoke_[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? -?[0-9.e+]+')


@pytest.mark.django_db
def test_every_line_is_a_sample_or_says_what_it_is(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    continuity.applied()
    Job.objects.update(run_after=timezone.now() - timedelta(seconds=90))
    read_only_mode.switch_on(since=timezone.now(), reason="保守")
    text = prometheus.exposition()
    odd = [
        line for line in text.splitlines() if not line.startswith(("# HELP ", "# TYPE ")) and not SAMPLE.fullmatch(line)
    ]
    assert odd == []
    for wanted in ("todoke_database_up 1", "todoke_read_only 1", 'todoke_jobs{status="waiting"}'):
        assert wanted in text
    waited = re.search(r"^todoke_oldest_job_seconds (\S+)", text, re.MULTILINE)
    assert waited
    assert float(waited[1]) >= 90


def test_while_the_database_does_not_answer_the_rest_is_still_told(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path

    def silent() -> Iterator[str]:
        raise DatabaseError("no answer")

    text = prometheus.exposition(work=silent)
    assert "todoke_database_up 0" in text
    assert "todoke_requests_total" in text
