"""Paging by key shows every row once, whatever the order, the direction and the empty fields."""

from itertools import pairwise

import pytest
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from todoke.accounts.models import User
from todoke.lists.columns import Column
from todoke.lists.pagination import terms_of
from todoke.lists.row_list import RowList
from todoke.organization.models import Department
from todoke.runtime.parameters import Malformed

pytestmark = pytest.mark.django_db
ORDERS = ["name", "-name", "code", "-code", "parent", "-parent", ""]


class Departments(RowList[Department]):
    """部署の一覧 of these tests; the parent may be missing."""

    name, title, url, key, tie, size = "departments", "部署", "office:home", "code", "code", 3
    search_fields = ("name",)
    columns = (
        Column("code", "コード", lambda row: row.code, sort="code"),
        Column("name", "名前", lambda row: row.name, sort="name"),
        Column("parent", "上位", lambda row: row.parent_id, sort=("parent__code", "-name")),
    )

    def rows(self, view: str) -> QuerySet[Department]:
        return Department.objects.all()


@pytest.fixture
def departments() -> Departments:
    tops = [Department.objects.create(code=f"T{n}", name=f"部{n % 2}") for n in range(4)]
    for n in range(7):
        Department.objects.create(code=f"C{n}", name=f"課{n % 3}", parent=tops[n % 2])
    return Departments(User())


def walk(departments: Departments, address: str) -> list[list[str]]:
    """Return the codes page by page, to the end."""
    pages = []
    while True:
        page = departments.page(QueryDict(address))
        pages.append([row.code for row in page.rows])
        if not page.following:
            return pages
        address = page.following.partition("?")[2]


@pytest.mark.parametrize("sort", ORDERS)
def test_every_row_is_shown_once(departments: Departments, sort: str) -> None:
    pages = walk(departments, f"sort={sort}")
    codes = [code for page in pages for code in page]
    assert sorted(codes) == sorted(row.code for row in Department.objects.all())
    assert codes == [row.code for row in departments.sorted(departments.read(QueryDict(f"sort={sort}")))]


@pytest.mark.parametrize("sort", ORDERS)
def test_the_way_back_leads_over_the_same_pages(departments: Departments, sort: str) -> None:
    pages = walk(departments, f"sort={sort}")
    for before, page in pairwise(pages):
        back = departments.page(QueryDict(f"sort={sort}&before={page[0]}"))
        assert [row.code for row in back.rows] == before
        assert bool(back.previous) == (before != pages[0])


@pytest.mark.parametrize("place", ["after=nobody", "before=nobody", "after=%27"])
def test_a_key_that_nobody_gave_out_starts_from_the_beginning(departments: Departments, place: str) -> None:
    assert departments.page(QueryDict(place)).rows == departments.page(QueryDict("")).rows


@pytest.mark.parametrize("place", ["after=" + "9" * 400, "before=%07", "after=%0A"])
def test_a_broken_place_is_refused_in_a_sentence(departments: Departments, place: str) -> None:
    with pytest.raises(Malformed, match="壊れています"):
        departments.page(QueryDict(place))


def test_a_row_that_changed_meanwhile_shifts_nobodys_page(departments: Departments) -> None:
    first, second, *_ = walk(departments, "q=課&sort=name")
    Department.objects.filter(code=first[-1]).update(name="部へ移った課")
    Department.objects.filter(code=first[0]).delete()
    shown = departments.page(QueryDict(f"q=課&sort=code&after={second[0]}")).rows
    assert [row.code for row in shown] == sorted(
        Department.objects.filter(code__gt=second[0], name__contains="課").values_list("code", flat=True)
    )[:3]


def test_a_page_costs_one_query_and_one_more_for_its_place(
    departments: Departments, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        first = departments.page(QueryDict(""))
    with django_assert_num_queries(2):
        departments.page(QueryDict(first.following.partition("?")[2]))


def test_what_can_be_empty_is_told_by_the_model_and_the_annotation() -> None:
    rows = Department.objects.annotate(up=F("parent__code"), known=Coalesce("parent__code", F("code")))
    order = ["pk", "-code", "parent__code", "up", "known", "nonsense"]
    assert [term.nullable for term in terms_of(rows, order)] == [False, False, True, True, False, True]


class CountedDepartments(Departments):
    """部署の一覧 of these tests with the number of its rows."""

    counted = True


@pytest.mark.parametrize(("words", "queries", "count"), [("誰もいない", 1, 0), ("部1", 2, 2), ("", 2, 11)])
def test_where_nothing_is_found_nothing_is_counted(
    departments: Departments, django_assert_num_queries: DjangoAssertNumQueries, words: str, queries: int, count: int
) -> None:
    with django_assert_num_queries(queries):
        page = CountedDepartments(departments.user).page(QueryDict(f"q={words}"))
    assert (page.count, page.counted) == (count, f"{count}件")
