"""A new room is one folder and two lines (installed apps, layers): the rest it brings itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import reload

import pytest
from django.urls import clear_url_caches
from pytest_django import Settings

from tests import cast
from tests.cast import signed_in
from tests.example.permissions import GREET
from todoke import urls
from todoke.design import navigation
from todoke.jobs.backend import task_named
from todoke.jobs.models import Job
from todoke.jobs.periodic import enqueue_due
from todoke.notices import default_templates
from todoke.notices.models import Message
from todoke.organization.permission_table import permission_page
from todoke.organization.permissions import entrances

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def forget() -> None:
    """Let go of what was read once from the rooms that were installed."""
    for once in (navigation.faces, navigation.rails, entrances, default_templates.default_templates):
        once.cache_clear()
    reload(urls)
    clear_url_caches()


@pytest.fixture(autouse=True)
def _installed(settings: Settings) -> Iterator[None]:
    plain = settings.INSTALLED_APPS
    settings.INSTALLED_APPS = [*plain, "tests.example"]
    forget()
    yield
    settings.INSTALLED_APPS = plain
    forget()


def test_it_shows_in_the_head_of_every_page_and_has_its_own_rail() -> None:
    clerk = signed_in(cast.keeper())
    assert '<a href="/example/"' in clerk.get("/office/").content.decode()
    assert "例の入口" in clerk.get("/example/").content.decode()


def test_it_says_who_may_open_its_pages_and_do_its_acts() -> None:
    clerk = cast.clerk()
    assert signed_in(cast.resident()).get("/example/").status_code == 403
    assert GREET.held_by(clerk, cast.department())
    assert "| 例のあいさつをする | 自課 | — |" in permission_page()


def test_its_task_runs_by_the_clock_and_sends_its_notice() -> None:
    enqueue_due(NOON)
    assert "例の作業" in enqueue_due(NOON + timedelta(minutes=2))
    job = Job.objects.get(task="tests.example.tasks.greet")
    task_named(job.task).call()
    assert Message.objects.get().body.startswith("花子 様、こんにちは。")
