"""Staff imports 職員名簿の取込: reads a table, writes what was shown of it, or gives it up."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.approvals.appointments import end_tenure
from todoke.audit.log import batched, record
from todoke.audit.transitions import transition
from todoke.organization.models import Department, Post, Tenure
from todoke.personnel.models import StaffImport
from todoke.personnel.permissions import REGISTER_STAFF
from todoke.personnel.staff_plan import StaffPlan, plan_of
from todoke.personnel.staff_table import StaffDefect, StaffRow, as_data, read_staff
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet

ITEMS = {"部署名": "name", "電話番号": "phone", "氏名": "name", "フリガナ": "kana"}


@dataclass(frozen=True)
class Check:
    """取込の確かめ: what an import would do now, and what is wrong with it."""

    plan: StaffPlan
    defects: list[StaffDefect]


def require_registrar(by: User) -> None:
    """Raises NotAllowed for anybody but the administrator of the system."""
    if not REGISTER_STAFF.held_by(by):
        raise NotAllowed("職員を登録できるのは、システム管理担当だけです。")


@transaction.atomic
def read_import(content: bytes, file_name: str, *, on: date, ends_absent: bool, by: User) -> StaffImport:
    """Read a table of staff; nothing is registered yet. Raises Unreadable, NotAllowed."""
    require_registrar(by)
    table = read_staff(content)
    made = StaffImport.objects.create(
        token=get_random_string(12).lower(), file_name=file_name[:255], on=on, ends_absent=ends_absent,
        hints=table.hints, started_by=by, **as_data(table),
    )  # fmt: skip
    record(made, "職員名簿の読取り", by=by, after={"行数": len(table.rows), "不備": len(table.defects)})
    return made


def check(what: StaffImport) -> Check:
    """Return what an import would do now."""
    plan = plan_of(_rows(what), on=what.on, ends_absent=what.ends_absent, by=what.started_by)
    return Check(plan, [*(StaffDefect(**each) for each in what.defects), *plan.defects])


def _rows(what: StaffImport) -> list[StaffRow]:
    return [StaffRow(**row) for row in what.rows]


@transaction.atomic
def write_import(what: StaffImport, *, digest: str, by: User) -> dict[str, int]:
    """Register what a page showed under a digest; return how many of each kind.

    Raises NotAllowed, NotYet while there are defects, Conflict where the register or the import went on meanwhile.
    """
    require_registrar(by)
    found = check(what)
    if found.defects:
        raise NotYet("不備のある行があるので、まだ登録できません。名簿を直して、もう一度読み込んでください。")
    if found.plan.digest != digest:
        raise Conflict("画面を開いたあとで、登録が変わりました。下の内容をもう一度確かめてから押してください。")
    done = {
        "部署": len(found.plan.new_departments), "職位": len(found.plan.new_posts),
        "職員": len(found.plan.new_people), "着任": len(found.plan.new_tenures),
        "離任": len(found.plan.endings), "変更": len(found.plan.changes),
    }  # fmt: skip
    if not transition(what, StaffImport.Status.DONE, rows=[], outcome=done, finished_at=timezone.now()):
        raise Conflict("この取込は、もう終わっています。")
    try:
        with batched():
            record(what, "職員名簿の登録", by=by, after=done)
            _write(what, found.plan, by)
    except IntegrityError as overtaken:
        raise Conflict(
            "いま、ほかの人が同じ部署か職員を登録しました。もう一度確かめてから押してください。"
        ) from overtaken
    return done


@transaction.atomic
def discard_import(what: StaffImport, *, by: User) -> bool:
    """Give an import up and forget its rows; False where it is over already. Raises NotAllowed."""
    require_registrar(by)
    moved = transition(what, StaffImport.Status.DISCARDED, rows=[], finished_at=timezone.now())
    if moved:
        record(what, "職員名簿の取りやめ", by=by)
    return moved


def _write(what: StaffImport, plan: StaffPlan, by: User) -> None:
    for tenure, last in plan.endings:
        end_tenure(tenure, ends_on=last, by=by)
    departments = _departments(plan, by)
    posts = _posts(plan, departments, by)
    people = _people(plan, by)
    _changes(plan, by)
    tenures = [
        Tenure(
            post=posts[row.code, row.title], user=people[row.email.casefold()],
            starts_on=date.fromisoformat(row.starts_on) if row.starts_on else what.on,
            ends_on=date.fromisoformat(row.ends_on) if row.ends_on else None,
        )
        for row in plan.new_tenures
    ]  # fmt: skip
    for made in Tenure.objects.bulk_create(tenures):
        facts = {"職位": str(made.post), "着任日": made.starts_on, "離任日": made.ends_on}
        record(made, "着任", by=by, after=facts, first=True)


def _departments(plan: StaffPlan, by: User) -> dict[str, Department]:
    made = Department.objects.bulk_create(
        Department(code=code, name=row.department, phone=row.phone) for code, row in plan.new_departments.items()
    )
    every = {each.code: each for each in Department.objects.all()}
    for each in made:
        record(each, "部署の登録", by=by, after={"コード": each.code, "名称": each.name}, first=True)
        if parent := plan.new_departments[each.code].parent:
            Department.objects.filter(pk=each.pk).update(parent=every[parent])
    return every


def _posts(plan: StaffPlan, departments: dict[str, Department], by: User) -> dict[tuple[str, str], Post]:
    made = Post.objects.bulk_create(
        Post(department=departments[code], title=title, role=row.role) for (code, title), row in plan.new_posts.items()
    )
    for each in made:
        record(each, "職位の登録", by=by, after={"職名": each.title, "役割": each.role}, first=True)
    return {(each.department.code, each.title): each for each in Post.objects.select_related("department")}


def _people(plan: StaffPlan, by: User) -> dict[str, User]:
    new = [User(email=row.email, name=row.name, kana=row.kana) for row in plan.new_people.values()]
    for person in new:
        person.set_unusable_password()
    for person in User.objects.bulk_create(new):
        record(person, "職員の登録", by=by, first=True)
    wanted = {row.email.casefold() for row in plan.new_tenures}
    return {each.email.casefold(): each for each in User.objects.all() if each.email.casefold() in wanted}


def _changes(plan: StaffPlan, by: User) -> None:
    for change in plan.changes:
        if change.item in {"氏名", "フリガナ"}:
            subject: Department | User = User.objects.get_by_natural_key(change.what)
            User.objects.filter(pk=subject.pk).update(**{ITEMS[change.item]: change.after})
        else:
            subject = Department.objects.get(code=change.what)
            parent = Department.objects.filter(code=change.after).first()
            value = {"parent": parent} if change.item == "上位の部署コード" else {ITEMS[change.item]: change.after}
            Department.objects.filter(pk=subject.pk).update(**value)
        record(
            subject, "職員名簿による変更", by=by, before={change.item: change.before}, after={change.item: change.after}
        )
