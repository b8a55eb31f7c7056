"""A designer sees what waits to be published and what most people still do on paper."""

from datetime import date

from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast import cases, formbuilder, procedures
from todoke.formbuilder.models import FormDraft
from todoke.organization.models import Post


def seen_by_a_designer(client: Client) -> str:
    client.force_login(cast.staff("設計 花子", "designer@example.lg.jp", Post.Role.DESIGNER))
    return client.get(reverse("studio:home")).content.decode()


def test_a_draft_that_was_never_published_waits(client: Client, db: None) -> None:
    FormDraft.objects.create(code="cat", title="猫の登録", document=formbuilder.small())
    assert "猫の登録" in seen_by_a_designer(client)


def test_a_published_draft_does_not_wait(client: Client, db: None) -> None:
    formbuilder.version(code="dog")
    assert "公開を待つ様式案はありません" in seen_by_a_designer(client)


def test_the_largest_procedure_on_paper_comes_first(client: Client, db: None) -> None:
    for title, total in (("小さな手続", 3), ("大きな手続", 300)):
        found = procedures.procedure(title)
        found.volumes.create(starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31), total=total, source="見本")
    page = seen_by_a_designer(client)
    assert page.index("大きな手続") < page.index("小さな手続")


def test_a_procedure_that_is_offered_online_is_not_on_paper(client: Client, db: None) -> None:
    release = cases.counter().release
    release.procedure.volumes.create(starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31), total=9, source="見本")
    page = seen_by_a_designer(client)
    assert release.procedure.title in page
    assert "9件" not in page
