"""What the addresses of designers and headquarters are about: forms, flows, meetings, plans and systems."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.cast import flows, recordings
from tests.cast import plans as plan_cast
from tests.cast import subscriptions as of_subscriptions
from tests.cast import systems as system_cast
from tests.cast.procedures import procedure
from tests.cast.role_matrix.automation_subjects import automations_of
from tests.cast.role_matrix.device_subjects import devices_of
from tests.cast.role_matrix.world import World
from todoke.accounts.models import User
from todoke.board.register_forms import row_key
from todoke.flows.calculations import begin
from todoke.flows.models import Calculation, ExperienceSurvey, Flow, Persona
from todoke.formbuilder.models import FormReview
from todoke.guidance.models import Referral
from todoke.insights.tasks import analyse_cases
from todoke.lists.models import SavedView
from todoke.meetings.models import Body, Commitment, Meeting, Transcript
from todoke.meetings.models.vocabulary_term import keep_terms
from todoke.roadmaps.models import Roadmap, RoadmapItem

DAY = date(2026, 11, 20)
Places = dict[str, dict[str, str]]


def forms(world: World) -> Places:
    """Forms and flows of designers; the form of the service is the draft that they edit."""
    by = world.people["designer"]
    draft = world.case.release.form_version.draft
    FormReview.open(draft, by=by)
    flow = Flow.begin(flows.written_by_a_clerk(), "証明書の請求", by=by)
    asked = begin(Calculation.Kind.CASES, "この区の案件", {}, analyse_cases, by=by)
    persona = Persona.objects.create(name="花子", story="母")
    survey = ExperienceSurvey.begin(title="窓口の調査", persona=persona, scenario="窓口", walked_on=DAY, by=by)
    parts = {"code": draft.code, "page_id": "person", "part_id": "name", "language": "en", "paper_id": "p1"}
    return {
        "studio:form": parts, "studio:part": parts, "studio:question": parts, "studio:trial": parts,
        "studio:publication": parts,
        "studio:offer": {"code": world.case.release.offer.code},
        "studio:flow": {"number": flow.number, "kind": "json", "key": flow.table.rows[0].key},
        "studio:mining": {"number": flow.number},
        "studio:calculation": {"token": asked.token},
        "studio:word": {"kind": "referrals", "number": str(_referral(by).pk)},
        "studio:survey": {"number": survey.number, "place": "1", "issue": "1"},
    }  # fmt: skip


def _referral(by: User) -> Referral:
    referral = Referral(title="自転車の相談", said="自転車 相談", place="交通課", note="窓口へ。", source="条例")
    referral.keep(by=by)
    return referral


def meetings(world: World) -> Places:
    by = world.people["headquarters"]
    body = Body.objects.create(code="dx", name="DX推進本部")
    meeting = Meeting.plan(body=body, held_on=DAY, by=by)
    paper = meeting.documents.create(
        number="資料1", title="名簿", disclosure="closed", closed_reason="個人情報",
        file=SimpleUploadedFile("名簿.pdf", b"%PDF-1.4"),
    )  # fmt: skip
    commitment = Commitment.create(
        meeting=meeting, what="一覧を作る", department=world.case.department, due=None, by=by
    )
    transcript = recordings.transcript_of(meeting, by)
    failed = Transcript.start(
        transcript.recording, Transcript.Origin.ENGINE, by=by, engine="rehearsal", status="failed"
    )
    given_up = {"code": meeting.code, "number": str(transcript.recording.number), "transcript": str(failed.number)}
    keep_terms(body, [("目録", "もくろく")], others={"目録": ["一覧"]}, by=by)
    gap = transcript.segments.create(number=99, position=99, start_ms=0, end_ms=1, text="")
    transcript.chunks.create(number=1, start_ms=0, end_ms=1, status="failed", gap=gap)
    return {
        "board:recording-segment-hearing": {**given_up, "transcript": str(transcript.number), "segment": "99"},
        "board:recording-cancellation": given_up,
        "board:recording-retry": given_up,
        "board:meeting": {"code": meeting.code, "number": paper.number},
        "board:recording": {
            "code": meeting.code,
            "number": str(transcript.recording.number),
            "transcript": str(transcript.number),
            "segment": "2",
        },
        "board:transcript": {"code": meeting.code},
        "board:suggestion": {"code": meeting.code, "number": "1"},
        "board:commitment": {"number": commitment.number},
    }


def plans(world: World) -> Places:
    plan = plan_cast.plan()
    indicator = plan_cast.indicator(plan)
    milestone = plan.measures.get().milestones.create(title="公開", due_on=DAY)
    roadmap = Roadmap.objects.create(code="r1", title="導入計画", starts_on=date(2027, 4, 1), quarters=8)
    item = RoadmapItem.objects.create(
        roadmap=roadmap, procedure=procedure("道路の占用", department=world.case.department), effort=1, shared_effort=0,
        burden=1,
    )  # fmt: skip
    return {
        "board:plan": {"code": plan.code},
        "board:milestone": {"code": plan.code, "row_key": row_key(milestone)},
        "board:indicator": {"code": indicator.code},
        "board:roadmap": {"code": roadmap.code, "number": item.procedure.number},
        "board:rate": {"key": "possible"},
    }


def systems(world: World) -> Places:
    by, system = world.people["headquarters"], system_cast.system()
    system_cast.promise(system)
    incident, _ = system_cast.outages(system, by)
    step = incident.steps.create(kind="remedy", text="再起動")
    begins = timezone.now()
    change = system.changes.create(kind="stop", title="点検", starts_at=begins, ends_at=begins + timedelta(hours=1))
    return {
        "board:sheet": {"noun": "changes", "key": system.code, "row_key": row_key(change)},
        "board:system": {"code": system.code},
        "board:subscription": {"code": of_subscriptions.chat().code},
        "board:level": {"code": system.code, "position": "1"},
        "board:incident": {"number": incident.number, "row_key": row_key(step)},
        "board:change": {"code": system.code, "row_key": row_key(change)},
        **automations_of(world),
        **devices_of(world),
    }


def saved_views(world: World) -> dict[str, dict[str, str]]:
    """A view of a list that the clerk saved for herself."""
    view = SavedView.objects.create(user=world.people["clerk"], list_name="cases", name="私の分", query="")
    return {f"{face}:saved-view": {"token": view.token} for face in ("office", "studio", "board")}
