"""The data of a ward for ``faces``: cases, contacts, procedures, opinions in their numbers. Everybody is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.db import connection
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.cast import cases as cast_cases
from tests.cast.role_matrix import subjects
from tests.cast.role_matrix.world import World
from tests.cast.role_matrix.world import build as build_world

from benchmarks import row_copies, voices
from benchmarks.row_copies import Changed, Model
from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.audit.models import Entry
from todoke.cases import decisions, intake
from todoke.cases.models import Case, IntakeCount, Letter
from todoke.cases.models.search_name import search_name_of
from todoke.cases.models.status import CLOSED
from todoke.guidance.models import Contact, ContactTopic
from todoke.guidance.models.contact import Noted
from todoke.insights.models import UseEvent
from todoke.japanese.calendar import today
from todoke.notices.models import Delivery
from todoke.organization.models import Post
from todoke.procedures.models import Procedure
from todoke.procedures.models.text_index import index_texts
from todoke.records.models import RecordFile
from todoke.voices.models import Consultation

KINDS = {"received": 50, "review": 30, "correction": 15, "deciding": 5}
"""Of a hundred open cases so many are in each status."""
TEMPLATES, ELSEWHERE = 200, 9
"""So many cases of a kind differ from one another; half are of the section that is looked at, the others of nine."""
SPREAD, DECADE = 1000, 3652
"""So many entries of the trail are copied, over so many days."""
EVERYBODY = "director"
"""Sees the cases of all sections."""
NAMES = [("山田", "ヤマダ"), ("佐藤", "サトウ"), ("髙橋", "タカハシ"), ("鈴木", "スズキ")]
AUDITED: Changed = {Entry: {"subject": "substr(old.subject, 1, 100) || '-' || n.i"}}


@dataclass
class Ward:
    """The world of the role matrix, where what each of its addresses is about is, and a call for opinions."""

    world: World
    about: subjects.Places
    call: Consultation

    @property
    def here(self) -> cast_cases.Counter:
        """The section that has half of the cases."""
        case, people = self.world.case, self.world.people
        return cast_cases.Counter(case.department, people["clerk"], people["chief"], case.release)

    def client(self, role: str) -> Client:
        """Return a browser in which the person of a role is signed in."""
        return self.world.client(role, raise_request_exception=False)


def build() -> Ward:
    """Make the world of the role matrix with one thing behind each address, and a director above all sections."""
    world = build_world()
    bureau = cast.department("区民部", "1000")
    world.people[EVERYBODY] = cast.staff("区民部長", "director@example.lg.jp", Post.Role.DIRECTOR, bureau)
    about = subjects.places(world)
    return Ward(world, about, Consultation.objects.get(number=about["office:consultation"]["number"]))


def fill(
    ward: Ward, *, open_cases: int, closed: int, procedures: int, contacts: int, arrivals: int, audit: int
) -> None:
    """Fill the world with so many more, half of the cases in its first section, and the call with so many arrivals.

    The trail has so many entries more, over ten years; the cases of days that are over are counted.
    """
    cast_cases.work_off()  # what the jobs of the world make is of the world, and not of a case
    with row_copies.unlogged():
        places = [cast_cases.counter(f"第{n}課", f"3{n:02}010") for n in range(ELSEWHERE)]
        serial = count(1)
        for kind, share in KINDS.items():
            _cases(ward, places, kind, open_cases * share // 100, serial)
        if closed:
            _cases(ward, places, "granted", closed, serial)
        _procedures(ward, procedures)
        _contacts(ward, contacts)
        voices.fill(ward.call, arrivals, after=ward.call.receipts.count())
        _audit(audit)
        IntakeCount.count_recorded()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum does by itself some minutes after so many rows


def _cases(ward: Ward, places: list[cast_cases.Counter], kind: str, number: int, serial: Iterator[int]) -> None:
    """Take one application as far as its kind says, and copy it: first to templates that differ, then to the number."""
    before = row_copies.marks()
    clerk = ward.world.people["clerk"]
    applicant = ward.world.people["applicant"]
    case = intake.accept(cast_cases.filled(ward.here.release, applicant).submission, by=applicant)
    if kind != "received":
        case.start_review(by=clerk)
    if kind in {"deciding", "granted"}:
        proposal = decisions.propose(case, "granted", by=clerk)
        if kind == "granted":
            proposal.approve(by=ward.world.people["chief"])
    cast_cases.work_off()
    for letter in case.letters.all():
        letter.mark_opened(by=applicant)
    light: set[Model] = {Entry, Delivery} if kind in CLOSED else set()
    wrote = row_copies.since(before)
    section = _section_in_sql(places)
    changed: Changed = {
        **AUDITED, Case: {"number": f"'2026-{next(serial)}-' || n.i"}, Proposal: {"department_id": section},
        RecordFile: {"department_id": section, "closed_on": _earlier("closed_on", "n.i * 18"),
                     "expires_on": _earlier("expires_on", "n.i * 18")},
    }  # fmt: skip
    templates = min(TEMPLATES, number)
    spans = row_copies.copy(wrote, templates - 1, changed, light)
    _spread(ward, places, kind, spans[Case])
    changed = {
        **AUDITED,
        Case: {
            "number": "substr(old.number, 1, 11) || '-' || n.i",
            "applicant_kana": "old.applicant_kana || ' ' || n.i",
        },
        UseEvent: {"on": _earlier("on", f"(n.i % {DECADE if kind in CLOSED else 100})")},
        Letter: {"posted_at": f"CASE n.i % 2 WHEN 0 THEN {_moment_earlier('made_at', f'(n.i % {DECADE})')} END"},
    }
    made = row_copies.copy(spans, number // templates - 1, changed, light)
    assert made[Case][1] - made[Case][0] + 1 >= number // templates * templates


def _section_in_sql(places: list[cast_cases.Counter]) -> str:
    """Return in SQL the section of a copy, as ``_spread`` gives it to its case."""
    others = " ".join(f"WHEN {n} THEN {place.section.pk}" for n, place in enumerate(places))
    return f"CASE WHEN n.i % 2 = 0 THEN old.department_id ELSE CASE n.i % {ELSEWHERE} {others} END END"


def _earlier(column: str, days: str) -> str:
    """Return in SQL the day of a copy, so many days before."""
    if connection.vendor == "postgresql":
        return f'old."{column}" - ({days})'
    return f"date(old.\"{column}\", '-' || ({days}) || ' days')"


def _moment_earlier(column: str, days: str) -> str:
    """Return in SQL the instant of a copy, so many days before."""
    if connection.vendor == "postgresql":
        return f"old.{column} - {days} * interval '1 day'"
    return f"strftime('%Y-%m-%d %H:%M:%f', old.{column}, '-' || {days} || ' days')"


def _spread(ward: Ward, places: list[cast_cases.Counter], kind: str, span: tuple[int, int]) -> None:
    """Let the templates differ in section, assignee, person, channel, receipt and deadline."""
    cases, now, day = list(Case.objects.filter(pk__range=span)), timezone.now(), today()
    for n, case in enumerate(cases):
        place = places[n % ELSEWHERE] if n % 2 else None
        case.department = place.section if place else ward.here.section
        case.release = place.release if place else case.release
        staff: User = place.clerk if place else ward.world.people["clerk"]
        case.assignee = staff if n // 2 % 3 else None
        case.applicant = None
        name, kana = NAMES[n % len(NAMES)]
        case.applicant_name, case.applicant_kana = f"{name} {n}号", f"{kana} {n}"
        case.search_name = search_name_of(case.applicant_name, case.applicant_kana)
        case.channel = ("web", "web", "post", "counter")[n % 4]
        age = timedelta(hours=n * 13) if kind not in CLOSED else timedelta(days=n * 18)
        case.status = "correction" if kind == "correction" else case.status
        case.happened_at = case.received_at = case.recorded_at = now - age
        is_running = kind not in CLOSED and kind != "correction"
        case.due_on = day + timedelta(days=n // 2 % 30 - 3) if is_running else None
    names = ("department", "release", "assignee", "applicant", "applicant_name", "applicant_kana", "search_name",
             "channel", "status", "happened_at", "received_at", "recorded_at", "due_on")  # fmt: skip
    Case.objects.bulk_update(cases, names, batch_size=100)


def _procedures(ward: Ward, number: int) -> None:
    """Copies of procedures of the section and of nobody in particular, under numbers of their own."""
    before = row_copies.marks()
    sections = [ward.here.section, *(cast.department(f"所管{n}課", f"4{n:02}0") for n in range(39))]
    for n, section in enumerate(sections):
        Procedure.objects.create(
            number=f"P-{900_000 + n}", serial=900_000 + n, title=f"許可の申請 {n}", kind="1",
            department=section if n % 4 else None, total_count=n * 10, online_count=n,
            online_status=("1", "2", "3")[n % 3],
        )  # fmt: skip
    numbers: Changed = {**AUDITED, Procedure: {"number": "'P-' || (800000 + n.i * 40 + old.serial - 900000)"}}
    row_copies.copy(row_copies.since(before), number // len(sections) - 1, numbers)
    index_texts(Procedure.objects.filter(serial__gte=800_000).values_list("pk", "title"))


def _contacts(ward: Ward, number: int) -> None:
    """Contacts of two sections over a year, some of whom wait for a call."""
    before, now = row_copies.marks(), timezone.now()
    topic = ContactTopic.objects.create(name="ごみの出し方", kana="ごみのだしかた", department=ward.here.section)
    for n in range(100):
        staff = ward.world.people["clerk_elsewhere" if n % 4 == 3 else "clerk"]
        outcome = "call_back" if n % 50 == 0 else "resolved"
        Contact.log(Noted(topic, "phone", outcome, at=now - timedelta(hours=n * 80)), by=staff)
    spans = {model: span for model, span in row_copies.since(before).items() if model is not ContactTopic}
    row_copies.copy(spans, number // 100 - 1, AUDITED)


def _audit(number: int) -> None:
    """Copies of the entries so far, spread over ten years."""
    last = Entry.objects.latest("pk").pk
    first = max(1, last - SPREAD + 1)
    at = _moment_earlier("at", f"(n.i % {DECADE})")
    row_copies.copy({Entry: (first, last)}, number // (last - first + 1), {Entry: {**AUDITED[Entry], "at": at}})
