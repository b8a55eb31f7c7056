"""What the addresses of the matrix are about: one real thing behind each, in the world of the security tests."""

import copy
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests import cast
from tests.cast import appearance, approvals, cases, payments, personnel, records
from tests.cast.procedures import procedure
from tests.cast.role_matrix.admission_subjects import admissions
from tests.cast.role_matrix.booking_subjects import bookings_of
from tests.cast.role_matrix.connect_subjects import FIELDS, connections
from tests.cast.role_matrix.desk_subjects import forms, meetings, plans, saved_views, systems
from tests.cast.role_matrix.evidence_subjects import evidence
from tests.cast.role_matrix.identity_subjects import identities
from tests.cast.role_matrix.point_subjects import points_of
from tests.cast.role_matrix.scan_subjects import scans_of
from tests.cast.role_matrix.voice_subjects import voices_of
from tests.cast.role_matrix.workforce_subjects import WORK_FIELDS, workforce_of
from tests.cast.role_matrix.world import World
from todoke.accounts.actors import System
from todoke.approvals.models import Procurement, RouteDraft
from todoke.cases import decisions, intake, messages
from todoke.cases.correction.correction_receipts import Arrival, receive_answers
from todoke.cases.correction.corrections import RequestedPaper, request_correction
from todoke.cases.letters import dispatch
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import (
    Case,
    CorrectionItem,
    HeldMail,
    Letter,
    LetterBatch,
    Reconfirmation,
    ReconfirmationRound,
    StopFlag,
)  # fmt: skip
from todoke.formbuilder.models import FormDraft
from todoke.guidance.models import Broadcast
from todoke.installation.appearance import publish_appearance
from todoke.japanese.calendar import today
from todoke.notices.file_links import share_file
from todoke.notices.models import Delivery
from todoke.notices.outbox import Recipient
from todoke.offers.models import FeeLine, Offer, Release
from todoke.organization.models import Department
from todoke.payments.models import DayClose, Finding, OpenItem, Overpayment
from todoke.personnel import staff_imports
from todoke.procedures.models import DuplicateCandidate, ImportRun, ListingRequest
from todoke.records.models import ClassificationDraft, Disposal
from todoke.reviews.models import Review
from todoke.rounds.models import Round, RoundSheet

DAY, SIMULATED = date(2026, 11, 20), {"name": "simulator"}
COMMON = {"reason": "試し", "text": "試し", "note": "試し", "words": "試し", "title": "試し", "phrase": "report"}
BODIES: dict[str, dict[str, str]] = {
    **{f"board:recording-segment{act}": {"seen": "0"} for act in ("", "-joint", "-removal")},
    "board:recording-segment-split": {"seen": "0", "before": "試し", "after": "試し"},
    "board:recording-segment-spelling": {"seen": "0", "found": "一覧"}, "board:recording-spelling": {"places": "1"},
    "board:recording-speaker": {"former": "本部長(山田)", "name": "本部長"},
    "office:record-taking-back": {"document": "1"},
    "office:record-items": {"document": "1", "words": "山田 花子", "ground": "personal"},
}  # fmt: skip
"""By name of the address: fields without which the act would be refused whoever asks."""
Places = dict[str, dict[str, str]]
"""By the beginning of the names of addresses: what their parts are."""


def places(world: World) -> Places:
    """Make one thing for every address that is about something, and return where it is."""
    found = _of_cases(world) | _of_letters(world) | _of_records(world) | _of_rules(world) | _of_money(world)
    found |= _of_inventory(world) | forms(world) | meetings(world) | plans(world) | systems(world) | admissions(world)
    found |= saved_views(world) | connections(world) | evidence(world) | voices_of(world) | identities(world)
    return found | bookings_of(world) | points_of(world) | scans_of(world) | workforce_of(world)


def at(found: Places, name: str) -> dict[str, str]:
    """Return the parts of an address by the longest beginning of its name that is known."""
    known = max((start for start in found if name.startswith(start)), key=len, default="")
    return found.get(known, {})


def body(name: str) -> dict[str, str]:
    """Return what an act is given: words that most forms ask for, and what this one needs."""
    return COMMON | BODIES.get(name, FIELDS.get(name, WORK_FIELDS.get(name, {})))


def _section(world: World) -> Department:
    return world.case.department


def _open_case(world: World) -> Case:
    """An application in review, with a fee and a My Number."""
    document = {**copy.deepcopy(cases.DOCUMENT), "my_number_basis": "番号法別表の項(見本)"}
    document["pages"][0]["groups"][0]["questions"].append({"id": "mine", "kind": "my_number", "label": "個人番号"})
    form = FormDraft.objects.create(code="fee", title="手数料のある請求", document=document)
    asked = procedure("手数料のある請求", department=_section(world))
    offer = Offer.objects.create(code="fee", procedure=asked, department=_section(world), opens_at=cases.OPENED)
    release = Release.publish(
        offer, rows=[FeeLine(label="証明手数料", amount=300, revenue_code="13-01", unit_question="copies")],
        by=System(), form_version=form.publish(by=System()), route=world.case.release.route, standard_days=5,
        delivery="窓口", effective_at=cases.OPENED,
    )  # fmt: skip
    draft = intake.begin(release, by=world.people["applicant"])
    draft.submission.save_page("person", {**cases.FILLED, "mine": "123456789018"}, by=world.people["applicant"])
    case = intake.accept(draft.submission, by=world.people["applicant"])
    case.start_review(by=world.people["clerk"])
    return case


def _awaited_case(world: World) -> Case:
    """An application of which two papers were asked for, and the original of one was seen."""
    person, clerk = world.people["applicant"], world.people["clerk"]
    case = intake.accept(cases.filled(world.case.release, person).submission, by=person)
    case.start_review(by=clerk)
    asked = request_correction(case, [], by=clerk, papers=[RequestedPaper("委任状"), RequestedPaper("戸籍の証明書")])
    receive_answers(asked, {asked.spots()[0]: CorrectionItem.Means.RETURNED}, {}, Arrival("counter", today()), by=clerk)
    return case


def _of_cases(world: World) -> Places:
    case, clerk = _open_case(world), world.people["clerk"]
    upload = {"number": world.case.number, "token": world.upload.token}
    opinion = messages.request_opinion(
        case, world.people["clerk_elsewhere"].tenures.get().post.department, "滞納はありますか。", by=clerk, due_on=None
    )
    corrected = _awaited_case(world)
    counter = intake.begin(world.case.release, by=clerk, channel="counter")
    begun = ReconfirmationRound.objects.create(
        source=world.case.release.offer, offer=world.case.release.offer, year=2026, due_on=DAY, opened_by=clerk
    )
    asked = Reconfirmation.objects.create(round=begun, case=world.case, held_at=timezone.now())
    assert case.charge is not None
    return {
        "office:case": {"number": case.number},
        "office:case-correction-": {"number": corrected.number},
        "office:case-upload": upload,
        "office:case-my-number": {"number": case.number, "place": "mine-0"},
        "office:opinion": {"token": opinion.token},
        "office:counter-draft": {"code": world.case.release.offer.code},
        "office:counter-": {"token": counter.submission.token, "page": "person"},
        "office:reconfirmation": {"code": begun.source.code, "year": "2026", "token": asked.token},
        "portal:reconfirmation": {"token": asked.token},
        "portal:case": {"number": world.case.number},
        "portal:correction": {"number": case.number},
        "portal:withdraw": {"number": case.number},
        "portal:case-message": {"number": case.number},
        "portal:payment": {"token": case.charge.token},
        "api:payment-webhook": SIMULATED,
        "payment-webhook": SIMULATED,
        "portal:application": {"token": world.draft.submission.token, "page_id": "person"},
        "portal:submission": {"token": world.draft.submission.token},
        "portal:receipt": {"token": world.case.submission.token},
        "portal:start": {"number": world.case.release.offer.procedure.number},
        "portal:begin": {"number": world.case.release.offer.procedure.number},
        "portal:procedure": {"number": world.case.release.offer.procedure.number},
        "portal:agent": {"number": world.case.release.offer.procedure.number},
    }


def _of_letters(world: World) -> Places:
    number = {"number": world.case.number, "token": world.letter.token}
    other = cases.filled(world.case.release, world.people["applicant"])
    flagged = intake.accept(other.submission, by=world.people["applicant"])
    flag = StopFlag.place(
        name="保護 太郎", department=_section(world), starts_on=today(), ends_on=today(), by=world.people["chief"]
    )
    notify_applicant(flagged, "case-decided", by=System())
    held = HeldMail.objects.create(case=flagged, delivery=Delivery.objects.latest("pk"))
    printed = _printed(world)
    link = share_file(
        SimpleUploadedFile("写し.pdf", b"%PDF-1.4"), to=Recipient("someone@example.jp", None, "相手"), note="", days=7,
        department=_section(world), by=world.people["clerk"],
    )  # fmt: skip
    broadcast = Broadcast.objects.create(
        token="b1", subject="健診", body="本文", department=_section(world), drafted_by=world.people["clerk"],
        send_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    return {
        "office:case-letter": number,
        "portal:letter": number,
        "office:batch": {"token": printed.token, "sheet": "letters"},
        "office:file": {"token": link.token},
        "portal:file": {"token": link.token},
        "office:flag": {"token": flag.token},
        "office:held-mail": {"token": held.token},
        "office:broadcast": {"token": broadcast.token},
    }


def _printed(world: World) -> LetterBatch:
    """A print run of another decided application."""
    draft = cases.filled(world.case.release, world.people["applicant"])
    case = intake.accept(draft.submission, by=world.people["applicant"])
    case.start_review(by=world.people["clerk"])
    decisions.propose(case, "granted", by=world.people["clerk"]).approve(by=world.people["chief"])
    cases.work_off()
    made = dispatch.create_batch([Letter.objects.get(case=case).token], by=world.people["clerk"])
    cases.work_off()
    return made


def _of_records(world: World) -> Places:
    expired = records.file(department=_section(world))
    disposal = Disposal.create_list([expired], kind=Disposal.Kind.DESTROY, by=world.people["clerk"])
    return {
        "office:record": {"number": world.case.number},
        "office:disposal": {"code": disposal.code},
    }


def _of_rules(world: World) -> Places:
    """Routes, classifications, departments, absences and purchases."""
    keeper = cast.keeper()
    table = ClassificationDraft.begin(by=keeper)
    cast.department("財政課", "2010")
    route = approvals.route()
    RouteDraft.begin(route, by=keeper)
    bought = Procurement.create(
        by=world.people["clerk"], title="端末の購入", kind="new", amount=100, purpose="窓口のため",
        department=_section(world),
    )  # fmt: skip
    return {
        "portal:appearance": {"digest": _appearance(world), "suffix": "png"},
        "office:notice-text": {"code": "file-link"},
        "office:staff-import": {"token": _staff_import(world)},
        "office:classification": {"number": "1", "code": table.lines[0].code},
        "office:route": {"code": route.code, "number": "1", "place": "1"},
        "office:department": {"code": _section(world).code},
        "office:appointment": {"code": _section(world).code, "title": "担当1"},
        "office:leaving": {"code": _section(world).code, "title": "担当1"},
        "office:procurement": {"number": bought.number},
        "office:proposal": {"number": world.case.proposal.number if world.case.proposal else ""},
        "office:proposal-paper": {
            "number": world.case.proposal.number if world.case.proposal else "",
            "token": world.upload.token,
        },
    }


def _appearance(world: World) -> str:
    facts = {"name": "みらい区", "accent": "#00695c", "links": appearance.LINKS, "logo": (appearance.PNG, "image/png")}
    return publish_appearance(by=world.people["administrator"], **facts).digest  # type: ignore[arg-type] # of each kind


def _staff_import(world: World) -> str:
    content = personnel.workbook([personnel.line("5010", "こども課", "課長")])
    by = world.people["administrator"]
    return staff_imports.read_import(content, "名簿.xlsx", on=DAY, ends_absent=False, by=by).token


def _of_money(world: World) -> Places:
    close = DayClose.objects.create(day=DAY, opened_at=timezone.now())
    finding = Finding.objects.create(day_close=close, difference="unknown", reference="R001")
    OpenItem.objects.create(
        finding=finding, account="suspense", yen=-300, reference="R001", expected_yen=0, opened_on=DAY
    )
    attempt = payments.attempt()
    double = Overpayment.objects.create(
        charge=payments.charge(), number="W001", method="card", reference="psp001", yen=300, reason="二重の支払",
        noticed_at=timezone.now(),
    )  # fmt: skip
    return {
        "office:payments-matching": {"day": "2026-11-18"},
        "office:payments-remedy": {"day": "2026-11-18"},
        "office:payments-inquiry": {"reference": "R001"},
        "office:payments-concession": {"reference": "R001"},
        "office:payments-attempt": {"key": attempt.key},
        "office:payments-overpayment": {"number": double.number},
    }


def _of_inventory(world: World) -> Places:
    section, by = _section(world), world.people["headquarters"]
    first, second = (procedure(title, department=section) for title in ("犬の登録", "犬の登録の申請"))
    DuplicateCandidate.objects.create(first=first, second=second, likeness=95)
    review = Review.objects.create(
        number=f"{first.number}-01", procedure=first, position=1, subject="seal", mark="plain", what="押印"
    )
    asked = Round.objects.create(
        code="r2026", title="棚卸", starts_on=DAY, ends_on=DAY + timedelta(days=1), due_on=DAY, opened_at=timezone.now()
    )
    RoundSheet.objects.create(round=asked, department=section)
    run = ImportRun.objects.create(
        token="t001", file_name="手続.csv", digest="0", status=ImportRun.Status.CHECKED, started_by=by
    )
    asked_for = ListingRequest.objects.create(token="a001", title="学童保育の申込み", department=section)
    one = {"number": first.number}
    return {
        "office:listing-request": {"token": asked_for.token},
        "office:procedure": one | {"noun": "volumes"},
        "office:judgement": one,
        "office:duplicate": {"first": first.number, "second": second.number},
        "office:review": {"number": review.number},
        "office:review-addition": one,
        "office:round": {"code": asked.code, "section": section.code},
        "office:import": {"token": run.token},
    }
