"""The list of cases shows the same rows along every index, and says where it stopped counting."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.http import QueryDict
from pytest_django import Settings

from tests import cast
from tests.cast import cases, signed_in
from todoke.accounts.models import User
from todoke.cases import inbox
from todoke.cases.models import Case
from todoke.cases.models.querysets import department_ids_of
from todoke.japanese.calendar import today
from todoke.office.casework.case_list import CaseList
from todoke.organization.models import Department, Post

pytestmark = pytest.mark.django_db


def test_more_cases_than_anybody_counts_are_said_as_so_many_or_more(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.SPEED_UPS = frozenset()  # a compiled count keeps the limit it was compiled with
    at = cases.counter()
    for _ in range(3):
        cases.case(at)
    client, addresses = (
        signed_in(at.clerk),
        ("/office/cases/", "/office/", f"/office/answers/{at.release.form_version.draft.code}/"),
    )
    before = [client.get(address).content.decode() for address in addresses]
    monkeypatch.setattr("todoke.lists.bounded_count.MOST", 2)
    monkeypatch.setattr("todoke.lists.row_list.MOST", 2)
    after = [client.get(address).content.decode() for address in addresses]
    assert not any("件以上" in page or "以上</span>" in page for page in before)
    assert '2<span class="visually-hidden">件</span>以上' in after[0]
    assert "2<small>件以上</small>" in after[1]
    assert "2件以上" in after[2]


def test_the_numbers_beside_the_views_are_those_of_the_persons_own_sections() -> None:
    first, second, other = (cases.counter(f"第{n}課", f"{n}01010") for n in (1, 2, 3))
    bureau = cast.department("区民部", "1000")
    Department.objects.filter(pk__in=[first.section.pk, second.section.pk]).update(parent=bureau)
    director = cast.staff("区民部 部長", "director-of-two@example.lg.jp", Post.Role.DIRECTOR, bureau)
    for at in (first, second, other):
        cases.case(at)
        held, sought, closed = (cases.reviewed(at) for _ in range(3))
        Case.objects.filter(pk=held.pk).update(due_on=today() - timedelta(days=1))
        Case.objects.filter(pk=sought.pk).update(status="correction", due_on=today() + timedelta(days=3))
        closed.withdraw(by=at.clerk, reason="申し出のため")
    for user, sections in ((first.clerk, 1), (director, 2), (other.chief, 1)):
        found = inbox.counts(user, department_ids_of(user))
        assert found == {"open": 3 * sections, "mine": 2 if user == first.clerk else 0, "unassigned": sections,
                         "soon": sections, "overdue": sections, "correction": sections, "deciding": 0, "messages": 0,
                         "letters": 0}  # fmt: skip
    assert inbox.counts(cast.resident(), []) == dict.fromkeys(found, 0)


@pytest.mark.parametrize("sort", ["name", "number", "received", "due"])
@pytest.mark.parametrize("view", ["open", "unassigned", "correction", "deciding", "soon", "overdue", "closed", "all"])
def test_one_section_and_a_bureau_see_their_own_cases_in_order_in_every_view(view: str, sort: str) -> None:
    first, second, other = (cases.counter(f"第{n}課", f"{n}01010") for n in (1, 2, 3))
    bureau = cast.department("区民部", "1000")
    Department.objects.filter(pk__in=[first.section.pk, second.section.pk]).update(parent=bureau)
    director = cast.staff("区民部 部長", "director-of-two@example.lg.jp", Post.Role.DIRECTOR, bureau)
    for at in (first, second, other):
        held, sought, _, closed = (cases.case(at) for _ in range(4))
        held.start_review(by=at.clerk)
        Case.objects.filter(pk=sought.pk).update(status="correction", due_on=None)
        for days in (-2, -1, 0, inbox.SOON, inbox.SOON + 1):
            Case.objects.filter(pk=cases.proposed(at).pk).update(due_on=today() + timedelta(days=days))
        closed.withdraw(by=at.clerk, reason="申し出のため")
    seen: dict[User, list[Case]] = {
        user: CaseList(user).page(QueryDict(f"view={view}&sort=-{sort}")).rows for user in (first.clerk, director)
    }
    conditions = {"open": Q(decided_at=None) & ~Q(status="withdrawn"), "closed": Q(status="withdrawn"),
                  "unassigned": Q(assignee=None) & ~Q(status="withdrawn"), "correction": Q(status="correction"),
                  "deciding": Q(status="deciding"), "overdue": Q(due_on__lt=today()), "all": Q(),
                  "soon": Q(due_on__gte=today(), due_on__lte=today() + timedelta(days=3))}  # fmt: skip
    for user, places in ((first.clerk, [first]), (director, [first, second])):
        known = Case.objects.filter(conditions[view], department__in=[at.section for at in places])
        assert {case.pk for case in seen[user]} == set(known.values_list("pk", flat=True))
        field = {
            "name": "applicant_kana",
            "number": "number" if view not in inbox.UNCOUNTED else "received_at",
            "received": "received_at",
            "due": "due_on",
        }[sort]
        values = [getattr(case, field) for case in seen[user]]
        assert [value for value in values if value] == sorted(filter(None, values), reverse=True)


@pytest.mark.sqlite
@pytest.mark.parametrize("view", ["open", "correction", "deciding", "soon", "overdue"])
def test_open_cases_of_a_status_or_deadline_are_found_along_the_order_without_sorting_them(view: str) -> None:
    found = CaseList(cases.counter().clerk)
    for sort in ("name", "-received", "number"):
        plan = found.sorted(found.read(QueryDict(f"view={view}&sort={sort}"))).values_list("pk")[:51].explain()
        assert "USING COVERING INDEX cases_open_in_order_of_" in plan.splitlines()[0]
        assert "TEMP B-TREE" not in plan


@pytest.mark.sqlite
@pytest.mark.parametrize("view", ["mine", "letters"])
def test_the_few_cases_of_a_view_are_not_sought_along_an_order_of_all(view: str) -> None:
    at = cases.counter()
    found = CaseList(at.clerk)
    for sort in ("name", "-received", "number"):
        plan = found.sorted(found.read(QueryDict(f"view={view}&sort={sort}"))).values_list("pk")[:51].explain()
        assert ("cases_by_assignment" if view == "mine" else "cases_delivery") in plan.splitlines()[0]
