"""Reconfirmations 現況届: yearly requests, answers with or without changes, and reminders."""

from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.accounts.session_assurance import SessionAssurance
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.cases import intake, prefill
from todoke.cases.answer_transfer import mapped_answers, questions_without_source, unchanged_answers
from todoke.cases.mail.mailed_links import RECONFIRMATION, until_answered
from todoke.cases.models import Case, Draft, Reconfirmation, ReconfirmationRound
from todoke.cases.models.status import Status
from todoke.cases.models.stop_flag import unreleased_flagged
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.page_form import input_name
from todoke.formbuilder.document.translations import translated
from todoke.formbuilder.models import SubmissionIncomplete
from todoke.japanese.calendar import format_date, today
from todoke.notices import outbox
from todoke.notices.models import MailedLink
from todoke.offers.models import Offer, Release
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


@transaction.atomic
def start_round(
    source: Offer, offer: Offer, *, year: int, due_on: date, by: User, asked_anew: bool = False
) -> ReconfirmationRound:
    """Create a request, answered with ``offer``, for every granted application to ``source`` (現況届の開始).

    Raises NotAllowed to other departments, Refused when the year's round exists and, unless they are ``asked_anew``,
    when required questions have no source in the earlier application, which it names.
    """
    if not Case(department=offer.department).can_process(by):
        raise NotAllowed("現況届を始められるのは、担当部署の職員です。")
    if ReconfirmationRound.objects.filter(source=source, year=year).exists():
        said = f"{year}年度の現況届は、すでに始まっています。そのページで確かめてください。"
        raise Refused(said, link=path_to("office:reconfirmation", source.code, year))
    if not asked_anew and (missing := _missing_sources(source, offer)):
        raise Refused(
            f"もとの手続に答えがない必須の設問があります:「{'」「'.join(missing[:10])}」。様式の「前の申請でこの答えにあたる設問の文」に"
            "書くか、「足りない答えは、あらためて聞く」に印を付けてください。まだ始めていません。"
        )
    begun = ReconfirmationRound.objects.create(source=source, offer=offer, year=year, due_on=due_on, opened_by=by)
    granted = Case.objects.filter(release__offer=source, status__in=[Status.GRANTED, Status.PARTLY])
    Reconfirmation.objects.bulk_create([Reconfirmation(round=begun, case=case) for case in granted])
    _hold_or_tell(begun.asked.all(), by=by)
    log.record(begun, "現況届の開始", by=by, after={"年度": year, "件数": len(granted), "期限": due_on})
    return begun


@transaction.atomic
def remind(begun: ReconfirmationRound, *, by: User) -> int:
    """Enqueue reminders to all who have not answered (催促); return how many.

    Raises NotAllowed to other departments.
    """
    if not Case(department=begun.offer.department).can_process(by):
        raise NotAllowed("催促できるのは、担当部署の職員です。")
    waiting = begun.asked.unanswered().exclude(case__applicant_email="")
    reachable = _hold_or_tell(waiting.exclude(held_at__isnull=False, released_at__isnull=True), by=by)
    begun.asked.filter(pk__in=[asked.pk for asked in reachable]).update(
        reminded_at=timezone.now(), reminders=F("reminders") + 1
    )
    log.record(begun, "現況届の催促", by=by, after={"件数": len(reachable)})
    return len(reachable)


@transaction.atomic
def begin_answer(
    asked: Reconfirmation, *, by: Actor, language: str = "ja", session: SessionAssurance | None = None
) -> Draft:
    """Return the draft of the answer, created once and prefilled from the granted case.

    Raises Refused when it is held or not open, LevelTooLow below the level of the release.
    """
    locked = Reconfirmation.objects.select_for_update(of=("self",))
    held = locked.select_related("draft", "case__submission__version").get(pk=asked.pk)
    if held.is_held:
        raise Refused("この現況届は、担当の窓口でお受けします。お手数ですが、窓口へお問い合わせください。")
    if held.draft is not None:
        return held.draft
    release = Release.objects.open().filter(offer=asked.round.offer_id).select_related("form_version").first()
    if release is None:
        raise Refused("現況届は、いま受け付けていません。担当の窓口へお問い合わせください。")
    draft = intake.begin(release, by=by, language=language, session=session)
    Draft.objects.filter(pk=draft.pk).update(applicant=held.case.applicant_id or user_of(by))
    draft.refresh_from_db()
    answers = mapped_answers(held.case.submission.journey(), draft.submission.document)
    prefill.prefill(draft, held.case, answers, by=by)
    Reconfirmation.objects.filter(pk=held.pk).update(draft=draft)
    return draft


@transaction.atomic
def confirm_unchanged(
    asked: Reconfirmation,
    *,
    by: Actor,
    language: str = "ja",
    session: SessionAssurance | None = None,
    browser: str = "",
) -> Case | None:
    """Submit the answers of last time, the answers of no change, and the declarations agreed to (変わりなし).

    None when an answer is missing: the draft asks for it.
    """
    if asked.answer is not None:
        return asked.answer
    draft = begin_answer(asked, by=by, language=language, session=session)
    document = draft.submission.document
    for page in document.pages:
        agreed = {
            input_name(*key): value
            for key, value in unchanged_answers(document).items()
            if document.by_id[key.question][0] is page
        }
        if agreed:
            draft.submission.save_page(page.id, agreed, by=by)
    try:
        return intake.accept(draft.submission, by=by, session=session, browser=browser)
    except SubmissionIncomplete:
        return None


def missing_answers(asked: Reconfirmation) -> list[str]:
    """Return what one press (変わりなし) would leave open for this person, as sentences; empty when it suffices."""
    if asked.draft is not None:
        document, given = asked.draft.submission.document, asked.draft.submission.current_answers()
    else:
        release = Release.objects.open().filter(offer=asked.round.offer_id).select_related("form_version").first()
        if release is None:
            return []
        document = translated(release.form_version.parsed, get_language() or "ja")
        given = mapped_answers(asked.case.submission.journey(), document)
    journey = Journey(document, {**given, **unchanged_answers(document)}, today())
    return [problem.message for problem in journey.problems() if not problem.warning]


def _missing_sources(source: Offer, offer: Offer) -> list[str]:
    """Return the labels of the required questions that the newest form of the source leaves open."""
    newest = [
        Release.objects.in_force().filter(offer=each).select_related("form_version").first() for each in (source, offer)
    ]
    earlier, later = (release.form_version.parsed if release else None for release in newest)
    if earlier is None or later is None or source == offer:
        return []
    return [question.label for question in questions_without_source(earlier, later)]


def link_answer(case: Case) -> None:
    """Link an accepted case to the reconfirmation that it answers, if any."""
    asked = getattr(case.submission.draft, "reconfirmation", None)
    if asked is not None:
        compare_and_set(asked, {"answer": None}, answer=case)


@transaction.atomic
def release_link(asked: Reconfirmation, *, reason: str, by: User) -> None:
    """Send the link that a stop flag held (留め置きの解除). Raises Conflict when that was decided before."""
    asked.case.require_department(by)
    if not stamp_once(asked, "released_at", read={"held_at__isnull": False}):
        raise Conflict("この現況届の扱いは、すでに決まっています。")
    log.record(asked, "現況届の留め置きの解除", by=by, after={"reason": reason})
    _tell(asked, by=by)


def _hold_or_tell(rows: QuerySet[Reconfirmation], *, by: Actor) -> list[Reconfirmation]:
    """Enqueue the links, except to people under a stop flag, which are held; return what was enqueued."""
    everybody = list(rows.select_related("case__applicant", "round__offer__procedure"))
    stopped = [asked.pk for asked in unreleased_flagged(everybody)]
    Reconfirmation.objects.filter(pk__in=stopped).update(held_at=timezone.now())
    told = [asked for asked in everybody if asked.pk not in stopped]
    for asked in told:
        _tell(asked, by=by)
    return told


def _tell(asked: Reconfirmation, *, by: Actor) -> None:
    case = asked.case
    if not case.applicant_email:
        return
    until = until_answered(asked.round.due_on)
    link = MailedLink.issue(RECONFIRMATION, asked, contact=case.applicant_email, until=until, by=by)
    outbox.enqueue(
        "reconfirmation",
        to=outbox.Recipient(case.applicant_email, case.applicant, case.applicant_name),
        context={
            "name": case.applicant_name or "申請者",
            "procedure": asked.round.offer.procedure.title,
            "due": format_date(asked.round.due_on),
            "url": link.at(RECONFIRMATION.page),
        },
        about=log.subject_of(case),
        by=by,
    )
