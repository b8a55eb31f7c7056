"""Departments, posts and staff come from one table: shown first, then registered as it was shown."""

from datetime import date, timedelta

import pytest

from tests import cast
from tests.cast.personnel import administrator, city, line, workbook
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure
from todoke.organization.permissions import has_role
from todoke.personnel import staff_imports
from todoke.personnel.models import StaffImport
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet

pytestmark = pytest.mark.django_db
AKEMI = {"name": "鈴木 明美", "email": "akemi@example.lg.jp"}


def read(*lines: tuple[str, ...], by: User, on: date | None = None, ends_absent: bool = False) -> StaffImport:
    return staff_imports.read_import(workbook(lines), "名簿.xlsx", on=on or today(), ends_absent=ends_absent, by=by)


def written(*lines: tuple[str, ...], by: User, **how: object) -> dict[str, int]:
    made = read(*lines, by=by, **how)  # type: ignore[arg-type] # the same names
    return staff_imports.write_import(made, digest=staff_imports.check(made).plan.digest, by=by)


def test_a_thousand_people_are_registered_with_one_press_and_nothing_changes_the_second_time() -> None:
    by = administrator()
    done = written(*city(1000), by=by)
    assert (done["職員"], done["着任"], done["部署"]) == (1000, 1000, 55)
    assert has_role(User.objects.get(email="staff0000@city.example.lg.jp"), Post.Role.DIRECTOR)
    assert Department.objects.get(code="0101").parent == Department.objects.get(code="0100")
    assert Entry.objects.filter(act="着任").count() == 1000
    again = staff_imports.check(read(*city(1000), by=by))
    assert (again.plan.changes_anything, again.plan.unchanged, again.defects) == (False, 1000, [])


def test_nothing_is_registered_before_the_press_and_the_rows_are_forgotten_after_it() -> None:
    by = administrator()
    made = read(line("5010", "こども課", "課長", **AKEMI), by=by)
    assert not Department.objects.filter(code="5010").exists()
    staff_imports.write_import(made, digest=staff_imports.check(made).plan.digest, by=by)
    made.refresh_from_db()
    assert (made.rows, made.status) == ([], "done")
    person = User.objects.get(email=AKEMI["email"])
    assert not person.has_usable_password()
    with pytest.raises(Conflict):
        staff_imports.write_import(StaffImport.objects.get(), digest=staff_imports.check(made).plan.digest, by=by)


def test_what_changed_since_the_page_was_shown_is_shown_again() -> None:
    by = administrator()
    made = read(line("5010", "こども課", "課長", **AKEMI), by=by)
    seen = staff_imports.check(made).plan.digest
    Department.objects.create(code="5010", name="こども課")
    with pytest.raises(Conflict):
        staff_imports.write_import(made, digest=seen, by=by)
    assert not User.objects.filter(email=AKEMI["email"]).exists()


def test_in_april_whoever_is_missing_leaves_the_day_before_and_a_move_is_both() -> None:
    by = administrator()
    others = {"name": "田中 一", "email": "hajime@example.lg.jp"}
    written(line("5010", "こども課", "課長", **AKEMI), line("5010", "こども課", "係員", **others),
            line("5020", "保育課", "係長"), by=by)  # fmt: skip
    april = today() + timedelta(days=30)
    done = written(
        line("5010", "こども課", "課長"), line("5020", "保育課", "係長", **AKEMI), by=by, on=april, ends_absent=True
    )
    assert (done["着任"], done["離任"]) == (1, 2)
    moved = Tenure.objects.filter(user__email=AKEMI["email"]).order_by("starts_on")
    assert [(str(t.post), t.ends_on) for t in moved] == [
        ("こども課 課長", april - timedelta(days=1)), ("保育課 係長", None)
    ]  # fmt: skip
    assert Tenure.objects.get(user=by).ends_on is None, "another section's people stay"


def test_renamed_sections_and_people_are_shown_before_they_change() -> None:
    by = administrator()
    written(line("5010", "こども課", "課長", **AKEMI), by=by)
    made = read(line("5010", "子育て課", "課長", name="佐藤 明美", email=AKEMI["email"]), by=by)
    changes = staff_imports.check(made).plan.changes
    assert [(each.item, each.before, each.after) for each in changes] == [
        ("部署名", "こども課", "子育て課"), ("氏名", "鈴木 明美", "佐藤 明美")
    ]  # fmt: skip
    staff_imports.write_import(made, digest=staff_imports.check(made).plan.digest, by=by)
    assert Department.objects.get(code="5010").name == "子育て課"
    assert User.objects.get(email=AKEMI["email"]).name == "佐藤 明美"


def test_a_table_with_a_defect_registers_nobody() -> None:
    by = administrator()
    mine = {"name": by.name, "email": by.email}
    for wrong in (
        line("5010", "こども課", "課長", parent="9999"),
        line("5010", "こども課", "課長", starts_on="2027-04-01", ends_on="2027-03-01", **AKEMI),
        line("5010", "こども課", "課長", **mine),
    ):
        made = read(wrong, line("5020", "保育課"), by=by)
        with pytest.raises(NotYet):
            staff_imports.write_import(made, digest=staff_imports.check(made).plan.digest, by=by)
    assert not Department.objects.filter(code="5020").exists()


def test_nobody_but_the_administrator_registers_staff() -> None:
    with pytest.raises(NotAllowed):
        read(line("5010", "こども課"), by=cast.clerk())


def test_a_resident_who_works_for_the_city_keeps_the_account() -> None:
    by, person = administrator(), cast.resident("鈴木 明美", AKEMI["email"])
    assert written(line("5010", "こども課", "課長", **AKEMI), by=by)["職員"] == 0
    person.refresh_from_db()
    assert person.has_usable_password()
    assert has_role(person, Post.Role.CHIEF)
