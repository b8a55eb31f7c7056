"""The page of the voices: headquarters read the figures of every announced call, the public those of ended ones."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast import voices
from todoke.organization.models import Post
from todoke.voices.models import Consultation

pytestmark = pytest.mark.django_db


def test_headquarters_see_running_calls_and_the_public_only_those_that_ended() -> None:
    hall = voices.hall()
    running, ended = hall.announced(), hall.announced()
    voices.sent(running, "ベンチを増やしてください。")
    Consultation.objects.filter(pk=ended.pk).update(status=Consultation.Status.PUBLISHED)
    headquarters = cast.signed_in(cast.staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS))
    shown = headquarters.get("/board/voices/").context["consultations"]
    assert {of.pk: (counts.people, counts.opinions) for of, counts in shown} == {running.pk: (1, 1), ended.pk: (0, 0)}
    assert [of.pk for of, _ in Client().get("/board/public/voices/").context["consultations"]] == [ended.pk]


def test_the_figures_of_a_call_are_counted_once_for_the_page() -> None:
    hall = voices.hall()
    headquarters = cast.signed_in(cast.staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS))
    asked = []
    for _ in range(2):
        hall.announced()
        with CaptureQueriesContext(connection) as queries:
            headquarters.get("/board/voices/")
        asked.append(sum("voices_commentpoint" in query["sql"] for query in queries.captured_queries))
    assert asked[1] - asked[0] == 1
