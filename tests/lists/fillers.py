"""Rows for every list: who looks at it, and how it is filled."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests import cast
from tests.cast import approvals, cases, meetings, systems
from tests.lists.admission_fillers import ADMISSION_FILLINGS
from tests.lists.answer_fillers import ANSWER_FILLINGS
from tests.lists.booking_fillers import BOOKING_FILLINGS
from tests.lists.connect_fillers import CONNECT_FILLINGS
from tests.lists.evidence_fillers import EVIDENCE_FILLINGS
from tests.lists.figure_fillers import FIGURE_FILLINGS
from tests.lists.filling import Filling, Numbers, clerk_alone, secretary_with
from tests.lists.guidance_fillers import GUIDANCE_FILLINGS
from tests.lists.history_fillers import HISTORY_FILLINGS
from tests.lists.inventory_fillers import INVENTORY_FILLINGS
from tests.lists.office_fillers import OFFICE_FILLINGS
from tests.lists.scan_fillers import SCAN_FILLINGS
from tests.lists.systems_fillers import SYSTEMS_FILLINGS
from tests.lists.voice_fillers import VOICE_FILLINGS
from tests.lists.workforce_fillers import WORKFORCE_FILLINGS
from todoke.accounts.models import User
from todoke.approvals.models import Procurement, Route
from todoke.board.meeting_lists import CommitmentList, MeetingList, PlanList
from todoke.board.system_lists import ChangeList, IncidentList, SystemList
from todoke.cases import messages
from todoke.cases.models import Opinion
from todoke.flows.models import ExperienceSurvey, Flow, Persona
from todoke.formbuilder.models import FormDraft
from todoke.japanese.calendar import today
from todoke.meetings.models import Commitment, Meeting
from todoke.offers.models import Offer
from todoke.office.approvals.procurement_list import ProcurementList
from todoke.office.approvals.proposal_list import ProposalList
from todoke.office.approvals.route_list import RouteList
from todoke.office.casework.case_list import CaseList
from todoke.office.correspondence.opinion_list import OpinionList
from todoke.office.records.file_list import RecordFileList
from todoke.plans.models import Plan
from todoke.records.models import ClassificationTable, RecordFile
from todoke.studio.flow_lists import FlowList, SurveyList
from todoke.studio.form_lists import FormDraftList, OfferList
from todoke.systems.models import Change, Incident, InformationSystem

DAY = date(2026, 4, 1)


def _systems(_: Any, numbers: Numbers) -> None:
    section = cast.department()
    InformationSystem.objects.bulk_create(
        InformationSystem(
            code=f"s{n:03}", name=f"システム{n:03}", department=section, vendor=f"事業者{n % 3}",
            last_used_on=DAY + timedelta(days=n) if n % 2 else None,
        )
        for n in numbers
    )  # fmt: skip


def _incidents(system: InformationSystem, numbers: Numbers) -> None:
    Incident.objects.bulk_create(
        Incident(
            number=f"2026-{n:03}", system=system, title=f"障害{n % 4}", symptoms="遅い",
            detected_at=systems.at(4, 1, 9),
            affected_actual=n if n % 3 else None, actual_basis="実数" if n % 3 else "",
        )
        for n in numbers
    )  # fmt: skip


def _changes(system: InformationSystem, numbers: Numbers) -> None:
    for n in numbers:
        begins = systems.at(4, 1, 0) + timedelta(hours=n // 2)
        facts = {"title": f"点検{n % 3}", "starts_at": begins, "ends_at": begins + timedelta(minutes=30)}
        Change.objects.create(system=system, kind="stop", told_at=begins if n % 2 else None, **facts)


def _meetings(body: Any, numbers: Numbers) -> None:
    Meeting.objects.bulk_create(
        Meeting(body=body, sequence=n + 1, code=f"m-{n:03}", title=f"会議{n % 4}", held_on=DAY + timedelta(days=n % 5))
        for n in numbers
    )


def _plans(_: Any, numbers: Numbers) -> None:
    Plan.objects.bulk_create(
        Plan(code=f"p-{n:03}", title=f"計画{n % 4}", starts_on=DAY, ends_on=DAY + timedelta(days=n % 5 + 1))
        for n in numbers
    )


def _commitments(meeting: Meeting, numbers: Numbers) -> None:
    section = cast.department()
    Commitment.objects.bulk_create(
        Commitment(
            number=f"H-{n:03}", body=meeting.body, meeting=meeting, what=f"宿題{n}", department=section,
            due=DAY + timedelta(days=n % 3) if n % 2 else None,
        )
        for n in numbers
    )  # fmt: skip


def _drafts(by: User, numbers: Numbers) -> None:
    FormDraft.objects.bulk_create(
        FormDraft(code=f"f-{n:03}", title=f"様式{n % 4}", document={}, edited_by=by if n % 2 else None) for n in numbers
    )


def _flows(by: User, numbers: Numbers) -> None:
    at = timezone.now()
    Flow.objects.bulk_create(
        Flow(number=f"f-{n:03}", title=f"流れ{n % 4}", document={}, edited_at=at, edited_by=by) for n in numbers
    )


def _surveys(persona: Persona, numbers: Numbers) -> None:
    ExperienceSurvey.objects.bulk_create(
        ExperienceSurvey(title=f"調査{n % 4}", persona=persona, scenario="窓口", walked_on=DAY) for n in numbers
    )


def _offers(at: cases.Counter, numbers: Numbers) -> None:
    procedure = at.release.offer.procedure
    Offer.objects.bulk_create(
        Offer(code=f"o-{n:03}", procedure=procedure, department=at.section, opens_at=timezone.now()) for n in numbers
    )


def _routes(_: Any, numbers: Numbers) -> None:
    Route.objects.bulk_create(Route(code=f"r-{n:03}", name=f"規程{n % 4}") for n in numbers)


def _procurements(by: User, numbers: Numbers) -> None:
    Procurement.objects.bulk_create(
        Procurement(
            number=f"P-{n:03}", title=f"調達{n % 4}", kind="new", department=cast.department(), amount=n % 5 + 1,
            purpose="目的", drafted_by=by,
        )
        for n in numbers
    )  # fmt: skip


def _files(by: User, numbers: Numbers) -> None:
    kind = ClassificationTable.first().lines.first()
    assert kind is not None
    RecordFile.objects.bulk_create(
        RecordFile(
            number=f"R-{n:03}", title="件名", kind=f"種類{n % 3}", outcome="認容", classification=kind,
            department=cast.department(), closed_on=DAY + timedelta(days=n % 4), years=5, start_rule=kind.start_rule,
            starts_on=DAY, expires_on=date(2099, 3, 31),
        )
        for n in numbers
    )  # fmt: skip


def _proposals(office: approvals.Office, numbers: Numbers) -> None:
    for n in numbers:
        approvals.proposal(office.clerk, amount=n % 3 or None, urgent_reason="急" if n % 4 == 0 else "")


def _cases(at: cases.Counter, numbers: Numbers) -> None:
    for n in numbers:
        cases.case(at, name__family=f"山田{n % 3}")


def _asked(at: cases.Counter) -> tuple[User, Any]:
    tax = cast.department("税務課", "3010")
    first = messages.request_opinion(cases.reviewed(at), tax, "滞納はありますか。", by=at.clerk, due_on=None)
    Opinion.objects.all().delete()
    return cast.staff("税務 課長", "tax@example.lg.jp", section=tax), first


def _opinions(first: Opinion, numbers: Numbers) -> None:
    Opinion.objects.bulk_create(
        Opinion(
            case=first.case, department=first.department, question="?", asked_by=first.asked_by,
            due_on=today() + timedelta(days=n % 3) if n % 2 else None,
        )
        for n in numbers
    )  # fmt: skip


def _of_clerk(at: cases.Counter) -> tuple[User, Any]:
    return at.clerk, at


def _with_office(office: approvals.Office) -> tuple[User, Any]:
    return office.chief, office


FILLINGS = (
    *FIGURE_FILLINGS,
    *EVIDENCE_FILLINGS,
    *ANSWER_FILLINGS,
    *BOOKING_FILLINGS,
    *CONNECT_FILLINGS,
    *GUIDANCE_FILLINGS,
    *HISTORY_FILLINGS,
    *INVENTORY_FILLINGS,
    *ADMISSION_FILLINGS,
    *SCAN_FILLINGS,
    *SYSTEMS_FILLINGS,
    *VOICE_FILLINGS,
    *WORKFORCE_FILLINGS,
    *OFFICE_FILLINGS,
    Filling(CaseList, lambda: _of_clerk(cases.counter()), _cases, section_only=True, most=9),
    Filling(OpinionList, lambda: _asked(cases.counter()), _opinions, section_only=True),
    Filling(ProposalList, lambda: _with_office(approvals.office()), _proposals, section_only=True, most=9),
    Filling(ProcurementList, clerk_alone, _procurements, section_only=True),
    Filling(RecordFileList, clerk_alone, _files, section_only=True),
    Filling(RouteList, clerk_alone, _routes),
    Filling(SystemList, secretary_with(lambda by: None), _systems),
    Filling(IncidentList, secretary_with(lambda by: systems.system()), _incidents),
    Filling(ChangeList, secretary_with(lambda by: systems.system()), _changes),
    Filling(MeetingList, secretary_with(lambda by: meetings.body()), _meetings),
    Filling(PlanList, secretary_with(lambda by: None), _plans),
    Filling(CommitmentList, secretary_with(meetings.meeting), _commitments),
    Filling(FormDraftList, secretary_with(lambda by: by), _drafts),
    Filling(FlowList, secretary_with(lambda by: by), _flows),
    Filling(SurveyList, secretary_with(lambda by: Persona.objects.create(name="花子", story="母")), _surveys),
    Filling(OfferList, secretary_with(lambda by: cases.counter()), _offers),
)
