"""Staff plan 取込の予定: what a table of staff would add, change and end, compared with what is registered now."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from todoke.accounts.models import User
from todoke.organization.models import Department, Post, Tenure
from todoke.personnel.staff_table import StaffDefect, StaffRow

DepartmentKey = str
PersonKey = str
PostKey = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """変わる項目: one value of a department or a person before and after."""

    line: int
    what: str
    item: str
    before: str
    after: str


@dataclass
class StaffPlan:
    """取込の予定: new departments, posts, people and tenures, tenures that end, and what stays."""

    new_departments: dict[DepartmentKey, StaffRow] = field(default_factory=dict)
    new_posts: dict[PostKey, StaffRow] = field(default_factory=dict)
    new_people: dict[PersonKey, StaffRow] = field(default_factory=dict)
    new_tenures: list[StaffRow] = field(default_factory=list)
    endings: list[tuple[Tenure, date]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    defects: list[StaffDefect] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        return any(
            (self.new_departments, self.new_posts, self.new_people, self.new_tenures, self.endings, self.changes)
        )

    @property
    def digest(self) -> str:
        """What a page showed, in short: another digest means that the register changed meanwhile."""
        seen = [
            sorted(self.new_departments), sorted(self.new_posts), sorted(self.new_people),
            [(row.line, row.starts_on) for row in self.new_tenures], self.unchanged, self.changes,
            sorted((tenure.pk, day.isoformat()) for tenure, day in self.endings),
        ]  # fmt: skip
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Register:
    """いまの登録: departments by code, posts by department and title, accounts by address, and tenures not ended."""

    departments: Mapping[DepartmentKey, Department]
    posts: Mapping[PostKey, Post]
    people: Mapping[PersonKey, User]
    tenures: Mapping[tuple[PersonKey, PostKey], list[Tenure]]

    @classmethod
    def read(cls, rows: Iterable[StaffRow], on: date) -> "Register":
        """Return what is registered and bears on the rows, in four statements."""
        wanted = {row.email.casefold() for row in rows if row.email}
        every = User.objects.only("pk", "email", "name", "kana", "is_active")
        tenures: dict[tuple[PersonKey, PostKey], list[Tenure]] = {}
        for tenure in Tenure.objects.not_ended(on).persons().select_related("user", "post__department"):
            key = (tenure.user.email.casefold(), (tenure.post.department.code, tenure.post.title))
            tenures.setdefault(key, []).append(tenure)
        return cls(
            {each.code: each for each in Department.objects.select_related("parent")},
            {(each.department.code, each.title): each for each in Post.objects.select_related("department")},
            {person.email.casefold(): person for person in every if person.email.casefold() in wanted},
            tenures,
        )


def plan_of(rows: list[StaffRow], *, on: date, ends_absent: bool, by: User) -> StaffPlan:
    """Return what the rows would do from a day on; with ``ends_absent`` whoever is missing leaves on the day before.

    Only departments that the table names are compared for that, and the person who imports never leaves by it.
    """
    known, plan = Register.read(rows, on), StaffPlan()
    codes = {*known.departments, *(row.code for row in rows)}
    for row in rows:
        _department(row, known, codes, plan)
        if row.title:
            _post(row, known, plan)
        if row.email:
            _person(row, known, plan)
            _tenure(row, known, plan, on, by)
    if ends_absent:
        plan.endings += _absent(rows, known, on, by)
    plan.defects += _without_administrator(rows, known, plan)
    return plan


def _department(row: StaffRow, known: Register, codes: set[str], plan: StaffPlan) -> None:
    if row.parent and row.parent not in codes:
        problem, remedy = "この部署コードの部署がありません", "名簿にその部署の行を足すか、コードを直してください。"
        plan.defects.append(StaffDefect(row.line, "上位の部署コード", row.parent, problem, remedy))
    if row.parent == row.code:
        plan.defects.append(
            StaffDefect(row.line, "上位の部署コード", row.parent, "自分の上位になっています", "空けてください。")
        )
    there = known.departments.get(row.code)
    if there is None:
        plan.new_departments.setdefault(row.code, row)
        return
    parent = there.parent.code if there.parent else ""
    now = {"部署名": there.name, "上位の部署コード": parent, "電話番号": there.phone}
    told = {"部署名": row.department, "上位の部署コード": row.parent or parent, "電話番号": row.phone or there.phone}
    _note(plan, row, there.code, now, told)


def _note(plan: StaffPlan, row: StaffRow, what: str, now: Mapping[str, str], told: Mapping[str, str]) -> None:
    """Note each value that differs, once however many lines say it."""
    seen = {(each.what, each.item) for each in plan.changes}
    plan.changes += [
        Change(row.line, what, item, before, told[item])
        for item, before in now.items()
        if told[item] != before and (what, item) not in seen
    ]


def _post(row: StaffRow, known: Register, plan: StaffPlan) -> None:
    there = known.posts.get((row.code, row.title))
    if there is None:
        plan.new_posts.setdefault((row.code, row.title), row)
    elif there.role != row.role:
        label = dict(Post.Role.choices)[there.role]
        problem = f"登録されている役割は「{label}」です"
        plan.defects.append(
            StaffDefect(
                row.line,
                "役割",
                dict(Post.Role.choices).get(row.role, ""),
                problem,
                "合わせるか、別の職名にしてください。",
            )
        )


def _person(row: StaffRow, known: Register, plan: StaffPlan) -> None:
    there = known.people.get(row.email.casefold())
    if there is None:
        plan.new_people.setdefault(row.email.casefold(), row)
        return
    if not there.is_active:
        problem, remedy = "この利用者は止められています", "別のアドレスにするか、行を消してください。"
        plan.defects.append(StaffDefect(row.line, "メールアドレス", row.email, problem, remedy))
    now, told = {"氏名": there.name, "フリガナ": there.kana}, {"氏名": row.name, "フリガナ": row.kana or there.kana}
    _note(plan, row, there.email, now, told)


def _tenure(row: StaffRow, known: Register, plan: StaffPlan, on: date, by: User) -> None:
    starts = date.fromisoformat(row.starts_on) if row.starts_on else on
    ends = date.fromisoformat(row.ends_on) if row.ends_on else None
    if ends and ends < starts:
        problem, remedy = "離任日が着任日より前です", "日付を確かめてください。"
        plan.defects.append(StaffDefect(row.line, "離任日", row.ends_on, problem, remedy))
        return
    held = known.tenures.get((row.email.casefold(), (row.code, row.title)), [])
    same = next((each for each in held if ends is None or each.starts_on <= ends), None)
    if same is None and row.email.casefold() == by.email.casefold():
        problem = "自分の在任は登録できません"
        plan.defects.append(
            StaffDefect(
                row.line, "メールアドレス", row.email, problem, "別のシステム管理担当に頼むか、行を消してください。"
            )
        )
    elif same is None:
        plan.new_tenures.append(row)
    elif ends and same.ends_on != ends:
        plan.endings.append((same, ends))
    else:
        plan.unchanged += 1


def _absent(rows: list[StaffRow], known: Register, on: date, by: User) -> Iterator[tuple[Tenure, date]]:
    """Yield tenures in departments of the table that no line names, with their last day."""
    named = {(row.email.casefold(), (row.code, row.title)) for row in rows if row.email}
    departments = {row.code for row in rows}
    last = on - timedelta(days=1)
    for (person, post), held in known.tenures.items():
        if post[0] in departments and (person, post) not in named and person != by.email.casefold():
            yield from ((each, last) for each in held if each.starts_on <= last and each.ends_on is None)


def _without_administrator(rows: list[StaffRow], known: Register, plan: StaffPlan) -> Iterator[StaffDefect]:
    """Yield a defect where nobody would be left to run the installation."""
    leaving = {tenure.pk for tenure, _ in plan.endings}
    role_of = {key: post.role for key, post in known.posts.items()}
    administrators = [
        each for (_, post), held in known.tenures.items() for each in held
        if role_of.get(post) == "administrator"
    ]  # fmt: skip
    stay = [each for each in administrators if each.pk not in leaving]
    if administrators and not stay and not any(row.role == "administrator" for row in plan.new_tenures):
        yield StaffDefect(
            0, "役割", "", "システム管理担当がだれもいなくなります", "名簿にシステム管理担当の行を足してください。"
        )
