"""Whoever presses a long calculation eight times holds no page: it is one, and a resident still applies."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.cast import cases, signed_in, staff
from tests.cast.event_logs import SMALL
from todoke.cases.models import Case
from todoke.flows.flow_templates import TEMPLATES
from todoke.flows.models import Calculation, Flow
from todoke.jobs.models import Job
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


def simulation(client: Client) -> HttpResponseBase:
    flow = Flow.objects.first() or Flow.begin(TEMPLATES[0].table(), "犬の登録", by=staff("別", "o@example.lg.jp"))
    return client.post(reverse("studio:flow-trial", args=[flow.number]), {"cases": "300", "people_0": "1"})


def own_cases(client: Client) -> HttpResponseBase:
    return client.post(reverse("studio:mining-cases"), {"channel": "web"})


def log_file(client: Client) -> HttpResponseBase:
    return client.post(reverse("studio:mining-analysis"), {"file": SimpleUploadedFile("log.csv", SMALL.encode())})


@pytest.fixture
def designer() -> Client:
    return signed_in(staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))


@pytest.mark.parametrize("press", [simulation, own_cases, log_file])
def test_eight_presses_are_one_calculation_and_a_resident_still_applies(
    designer: Client, press: Callable[[Client], HttpResponseBase]
) -> None:
    at = cases.counter()
    there = {press(designer).headers["Location"] for _ in range(8)}
    asked = Calculation.objects.get()
    assert there == {reverse("studio:calculation", args=[asked.token])}
    assert (asked.status, asked.result) == ("waiting", None)
    assert Job.objects.filter(args=[asked.token]).count() == 1
    assert cases.case(at) == Case.objects.get()
    page = designer.get(there.pop()).content.decode()
    assert "順番を待っています" in page
    assert "いまの様子を見る" in page
    told = designer.post(reverse("studio:calculation-cancellation", args=[asked.token]), follow=True)
    assert "やめました" in told.content.decode()
    cases.work_off()
    asked.refresh_from_db()
    assert asked.status == "cancelled"


def test_a_calculation_is_for_who_asked_and_shows_how_far_it_is(designer: Client) -> None:
    there = simulation(designer).headers["Location"]
    asked = Calculation.objects.get()
    other = signed_in(staff("設計 次郎", "other@example.lg.jp", Post.Role.DESIGNER))
    assert other.get(there).status_code == 404
    assert other.post(f"{there}cancellation/").status_code == 404
    asked.start()
    asked.note_progress(12, 30)
    assert '<progress max="30" value="12"' in designer.get(there).content.decode()
    told = own_cases(designer)
    assert told.status_code == 422
    assert there in told.content.decode()  # type: ignore[attr-defined]
