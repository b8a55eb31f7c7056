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
from tests.cast import voices as cast_voices

from benchmarks import row_copies, voices
from benchmarks.row_copies import Changed, Model
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.cases import decisions, intake
from todoke.cases.models import Case, IntakeCount
from todoke.cases.models.search_name import search_name_of
from todoke.cases.models.status import CLOSED
from todoke.guidance.models import Contact, ContactTopic
from todoke.guidance.models.contact import Noted
from todoke.japanese.calendar import today
from todoke.notices.models import Delivery
from todoke.organization.models import Post
from todoke.procedures.models import Procedure
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
    """A section with a service, one person of each role, what addresses are about, and a call for opinions."""

    here: cast_cases.Counter
    people: dict[str, User]
    about: dict[str, dict[str, str]]
    call: Consultation

    def client(self, role: str) -> Client:
        """Return a browser in which the person of a role is signed in."""
        client = Client(raise_request_exception=False)
        client.force_login(self.people[role])
        return client


def build() -> Ward:
    """Make the section, its people, and one of each thing that most pages are about."""
    here = cast_cases.counter("戸籍住民課", "101010")
    people = {"clerk": here.clerk, "chief": here.chief, "applicant": cast.resident()}
    people["clerk_elsewhere"] = cast.staff(
        "他課 係員", "elsewhere@example.lg.jp", section=cast.department("税務課", "2020")
    )
    for n, role in enumerate(set(Post.Role) - {Post.Role.CLERK, Post.Role.CHIEF}):
        section = cast.department("区民部", "1000") if role == EVERYBODY else cast.department(f"本部{n}", f"9{n:02}0")
        people[str(role)] = cast.staff(f"{role.label} 一郎", f"{role}-of-all@example.lg.jp", role, section)
    hall = cast_voices.Hall(
        here.section, here.clerk, people["clerk_elsewhere"], here.chief, cast_voices.rule(), cast_voices.route()
    )
    call = hall.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    case = cast_cases.decided(here, by=people["applicant"])
    cast_cases.work_off()
    procedure = here.release.offer.procedure
    proposal = case.proposal.number if case.proposal else ""
    about = {
        "office:case": {"number": case.number}, "office:proposal": {"number": proposal},
        "office:procedure": {"number": procedure.number, "noun": "volumes"},
        "office:answers": {"code": here.release.form_version.draft.code},
        "office:consultation": {"number": call.number, "sequence": "1"},
        "office:department": {"code": here.section.code},
        "studio:form": {"code": here.release.form_version.draft.code},
        "studio:offer": {"code": here.release.offer.code},
        "board:rate": {"key": "volume"},
    }  # fmt: skip
    return Ward(here, people, about, call)


def fill(
    ward: Ward, *, open_cases: int, closed: int, procedures: int, contacts: int, arrivals: int, audit: int
) -> None:
    """Fill the world with so many more, half of the cases in its first section, and the call with so many arrivals.

    The trail has so many entries more, over ten years; the cases of days that are over are counted.
    """
    places = [cast_cases.counter(f"第{n}課", f"3{n:02}010") for n in range(ELSEWHERE)]
    serial = count(1)
    for kind, share in KINDS.items():
        _cases(ward, places, kind, open_cases * share // 100, serial)
    if closed:
        _cases(ward, places, "granted", closed, serial)
    _procedures(ward, procedures)
    _contacts(ward, contacts)
    voices.fill(ward.call, arrivals)
    _audit(audit)
    IntakeCount.count_recorded()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum does by itself some minutes after so many rows


def _cases(ward: Ward, places: list[cast_cases.Counter], kind: str, number: int, serial: Iterator[int]) -> None:
    """Take one application as far as its kind says, and copy it: first to templates that differ, then to the number."""
    before = row_copies.marks()
    clerk = ward.people["clerk"]
    applicant = ward.people["applicant"]
    case = intake.accept(cast_cases.filled(ward.here.release, applicant).submission, by=applicant)
    if kind != "received":
        case.start_review(by=clerk)
    if kind in {"deciding", "granted"}:
        proposal = decisions.propose(case, "granted", by=clerk)
        if kind == "granted":
            proposal.approve(by=ward.people["chief"])
    cast_cases.work_off()
    light: set[Model] = {Entry, Delivery} if kind in CLOSED else set()
    wrote = row_copies.since(before)
    changed: Changed = {**AUDITED, Case: {"number": f"'2026-{next(serial)}-' || n.i"}}
    templates = min(TEMPLATES, number)
    spans = row_copies.copy(wrote, templates - 1, changed, light)
    _spread(ward, places, kind, spans[Case])
    changed = {**AUDITED, Case: {"number": "substr(old.number, 1, 11) || '-' || n.i",
                                "applicant_kana": "old.applicant_kana || ' ' || n.i"}}  # fmt: skip
    made = row_copies.copy(spans, number // templates - 1, changed, light)
    assert made[Case][1] - made[Case][0] + 1 >= number // templates * templates


def _spread(ward: Ward, places: list[cast_cases.Counter], kind: str, span: tuple[int, int]) -> None:
    """Let the templates differ in section, assignee, person, channel, receipt and deadline."""
    cases, now, day = list(Case.objects.filter(pk__range=span)), timezone.now(), today()
    for n, case in enumerate(cases):
        place = places[n % ELSEWHERE] if n % 2 else None
        case.department = place.section if place else ward.here.section
        case.release = place.release if place else case.release
        staff: User = place.clerk if place else ward.people["clerk"]
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


def _contacts(ward: Ward, number: int) -> None:
    """Contacts of two sections over a year, some of whom wait for a call."""
    before, now = row_copies.marks(), timezone.now()
    topic = ContactTopic.objects.create(name="ごみの出し方", kana="ごみのだしかた", department=ward.here.section)
    for n in range(100):
        staff = ward.people["clerk_elsewhere" if n % 4 == 3 else "clerk"]
        outcome = "call_back" if n % 50 == 0 else "resolved"
        Contact.log(Noted(topic, "phone", outcome, at=now - timedelta(hours=n * 80)), by=staff)
    spans = {model: span for model, span in row_copies.since(before).items() if model is not ContactTopic}
    row_copies.copy(spans, number // 100 - 1, AUDITED)


def _audit(number: int) -> None:
    """Copies of the entries so far, spread over ten years."""
    last = Entry.objects.latest("pk").pk
    first = max(1, last - SPREAD + 1)
    days = f"(n.i % {DECADE})"
    sqlite = f"strftime('%Y-%m-%d %H:%M:%f', old.at, '-' || {days} || ' days')"
    at = f"old.at - {days} * interval '1 day'" if connection.vendor == "postgresql" else sqlite
    row_copies.copy({Entry: (first, last)}, number // (last - first + 1), {Entry: {**AUDITED[Entry], "at": at}})
