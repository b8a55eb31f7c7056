"""Intake 受付: a completed submission becomes one case, however often it is sent."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, DateTimeField, QuerySet
from django.utils import timezone

from todoke.accounts.actors import Actor, Guest, System, user_of
from todoke.accounts.models import User
from todoke.accounts.session_assurance import SessionAssurance
from todoke.audit import log
from todoke.cases import signals
from todoke.cases.answers import Applicant, answers_of, applicant_of, body_hash, fee_rows_of
from todoke.cases.deadlines import ClockAct, ClockEvent, deadline
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Case, Draft
from todoke.cases.models.case import IssuedNumber
from todoke.cases.models.case_event import ClockRow
from todoke.cases.models.status import Channel
from todoke.cases.provider_identification import identify_draft
from todoke.cases.required_level import require_level, require_level_to_begin
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.federation.levels import Act
from todoke.federation.models import IdentityCheck
from todoke.federation.provider_word import ProviderWord
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.models import Submission
from todoke.japanese.calendar import business_date
from todoke.offers.fees import Assessment, assess
from todoke.offers.models import Offer, Release, release_in_force
from todoke.payments.models import Charge, Due
from todoke.procedures.models.procedure import all_but_names
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

PAY_WITHIN = timedelta(days=30)


class Changed(Conflict):
    """回答の変化: what is sent is not what the applicant checked, or other than what was sent before."""


class Requoted(Changed):
    """手数料の変化: the fee that the applicant saw is not the fee of the table in force; nothing was received."""


@transaction.atomic
def begin(
    release: Release, *, by: Actor, channel: str = Channel.WEB, applicant: User | None = None, language: str = "ja",
    session: SessionAssurance | None = None, identified_by: str = "", word: ProviderWord | None = None,
) -> Draft:  # fmt: skip
    """Create the draft of an application under a release (申請の開始). Staff may do so for an applicant.

    ``session`` is what the person's session has shown; ``identified_by`` is the method by which staff identified the
    applicant, which is recorded; ``word`` is what a provider said of a guest. Raises Closed when the service takes no
    applications now, NotAllowed when others than staff use an office channel, LevelTooLow below the level of the
    release.
    """
    user = user_of(by)
    if channel == Channel.WEB:
        if word is None:
            require_level_to_begin(release, by=by, session=session)
        applicant = user
        if not _IS_OPEN.rows(release=release.pk, now=timezone.now()):
            said = "この手続は、いま受け付けていません。受付の期間を確かめてください。"
            raise Closed(said, link=path_to("portal:procedure", release.offer.procedure.number))
    elif user is None or not Case(department=release.offer.department).can_process(user):
        raise NotAllowed("窓口や郵送の申請を入力できるのは、担当部署の職員です。")
    typist: Actor = by if channel == Channel.WEB else Guest()
    submission = Submission.start(
        version=release.form_version, by=typist, language=language, owner=applicant, channel=channel
    )
    entered_by = None if channel == Channel.WEB else user
    draft = Draft.objects.create(
        submission=submission, release=release, applicant=applicant, entered_by=entered_by, channel=channel
    )
    if entered_by is not None:
        if identified_by:
            IdentityCheck.record(method=identified_by, draft_token=submission.token, by=by)
        require_level(draft, Act.BEGIN, by=by)
    if word is not None:
        identify_draft(draft, word, by=by)
        require_level(draft, Act.BEGIN, by=by, session=session)
    signals.begun.send(Draft, draft=draft)
    return draft


def _is_open_query() -> QuerySet[Release, tuple[Any, ...]]:
    """Return the release with an id if it is in force and its offer open, in one query."""
    found = Release.objects.open(Parameter("now", DateTimeField())).filter(pk=Parameter("release", BigIntegerField()))
    return found.order_by().values_list("pk")


_IS_OPEN = CompiledQuery(_is_open_query)


def fee_of(
    release: Release, submission: Submission, journey: Journey | None = None, *, at: datetime | None = None
) -> Assessment:
    """Return the fee in yen of an application, by its release's fee table or the one in force at an instant.

    Raises Refused when the table of that instant asks for answers that the form does not have.
    """
    table = (Release.objects.in_force(at).filter(offer=release.offer_id).first() if at else None) or release
    fees, exemptions = table.fee_schedule
    if table != release:
        pages = release.form_version.parsed.pages
        asked = {question.id for page in pages for _, question in page.questions()}
        asked |= {group.id for page in pages for group in page.groups}
        if any({line.unit_question, line.when_question, line.rows_of} - {"", *asked} for line in fees):
            said = "受付日の手数料の定めは、この様式の回答では計算できません。受付日の版で入力してください。"
            raise Refused(said, link=path_to("office:counter"))
    if not fees:
        return Assessment(())
    journey = journey or submission.journey()
    answers = answers_of(submission, journey)
    rows = partial(fee_rows_of, journey)
    return assess(fees, exemptions, lambda question: answers.get(question, ()), rows)


def accept(
    submission: Submission, *, by: Actor, received_at: datetime | None = None, seen: str = "", reason: str = "",
    quoted: str | None = None, session: SessionAssurance | None = None, browser: str = "", told: bool = True,
) -> Case:  # fmt: skip
    """Make a case of a submission (受付) and return it; sent again, it returns the same case and does nothing else.

    ``seen`` is the ``body_hash`` that the applicant checked before sending. Staff may give an earlier ``received_at``
    with a reason, for papers that came before they were entered. ``quoted`` is the fee in yen that the page showed.
    ``browser`` is the mark of the browser that sends, to which the case stays open for a while. With ``told`` False the
    applicant gets no mail from here, now or later, because another system received the application and writes to them.
    Raises Changed when the answers are not those seen, Requoted when the fee is not the one quoted (and leaves an
    audit entry), Closed after the deadline or beyond the capacity, LevelTooLow when ``session`` and the identity checks
    are below the level of the release.
    """
    if submission.status != Submission.Status.DRAFT and (case := _again(submission, seen)) is not None:
        return case
    try:
        with transaction.atomic(), log.batched():
            return _accept(
                submission, by=by, received_at=received_at, seen=seen, reason=reason, quoted=quoted, session=session,
                browser=browser, told=told,
            )  # fmt: skip
    except Requoted as refusal:
        log.record(submission, "金額の異なる申請の拒否", by=by, reason=str(refusal))
        raise
    except IntegrityError:
        case = _again(submission, seen)
        if case is None:
            raise
        return case


def _again(submission: Submission, seen: str) -> Case | None:
    case = Case.objects.filter(submission=submission).first()
    if case is not None and seen and seen != case.body_hash:
        by_web = case.channel == Channel.WEB
        link = path_to("portal:application", submission.token) if by_web else path_to("office:case", case.number)
        raise Changed(f"この申請は受付番号 {case.number} で受け付け済みです。違う内容では送り直せません。", link=link)
    return case


def _accept(
    submission: Submission, *, by: Actor, received_at: datetime | None, seen: str, reason: str, quoted: str | None,
    session: SessionAssurance | None, browser: str, told: bool,
) -> Case:  # fmt: skip
    now = timezone.now()
    claimed = submission.mark_submitted(now)
    if not claimed and (case := _again(submission, seen)) is not None:
        return case
    draft = _held_draft(submission, now)
    received_at = _received(draft, received_at, now, by, reason)
    level_at = received_at if draft.channel == Channel.WEB else now
    require_level(draft, Act.SEND, by=by, session=session, at=level_at)
    journey = submission.journey()
    digest = body_hash(submission, journey)
    if seen and seen != digest:
        said = "ほかの画面で回答が変わりました。もう一度、内容を確かめてから送ってください。"
        by_web = draft.channel == Channel.WEB
        raise Changed(said, link=path_to("portal:application" if by_web else "office:counter-check", submission.token))
    _admit(draft, received_at)
    is_newest = received_at == now and getattr(draft, "in_force", None) == draft.release_id
    fee = fee_of(draft.release, submission, journey, at=None if is_newest else received_at)
    if quoted is not None and quoted != str(fee.total):
        raise Requoted(f"手数料は {fee.total:,}円です。画面に出ていた額と違うため、まだ受け付けていません。")
    if claimed:
        submission.complete(journey, now, by=by)
    applicant = applicant_of(submission, journey)
    case = _write(draft, digest, fee, received_at, now, applicant if told else replace(applicant, email=""), by)
    Draft.objects.filter(pk=draft.pk).update(sent_at=now, sent_from=browser)
    case.log_event("受付", by=by, reason=reason)
    after = {"status": case.status, "body": digest, "fee": fee.total, "reason": reason}
    log.record(case, "受付", by=by, after=after, first=True)
    notify_applicant(case, "case-received", by=by)
    signals.accepted.send(Case, case=case)
    return case


def _held_draft(submission: Submission, now: datetime) -> Draft:
    """Read the draft of a submission that this transaction has locked, with all that its case needs."""
    draft = _HELD.first(submission=submission.pk, now=now)
    if draft is None:
        raise Draft.DoesNotExist
    draft.submission = submission
    return draft


def _held_query() -> QuerySet[Draft]:
    related = ("release__offer__department", "release__offer__procedure", "applicant", "entered_by", "reconfirmation")
    of_one = Draft.objects.filter(submission=Parameter("submission", BigIntegerField()))
    in_force = release_in_force("release__offer", Parameter("now", DateTimeField()))
    unused = all_but_names("release__offer__procedure")
    return of_one.select_related(*related).defer(*unused).annotate(in_force=in_force).order_by()[:1]


_HELD = CompiledQuery(_held_query)


def _received(draft: Draft, received_at: datetime | None, now: datetime, by: Actor, reason: str) -> datetime:
    if received_at is None:
        return now
    if draft.channel == Channel.WEB:
        return min(received_at, now) if isinstance(by, System) else now
    if received_at > now:
        raise Refused("受け付けた日時が未来です。書類を受け取った日時を入力してください。")
    if business_date(received_at) < business_date(now) and not reason:
        raise Refused("受付日をさかのぼらせるには、理由を書いてください。")
    if user_of(by) is None:
        raise NotAllowed("受付日時を指定できるのは、担当部署の職員です。")
    return received_at


def _admit(draft: Draft, received_at: datetime) -> None:
    """Check opening and capacity once, by the legal time of receipt."""
    offer = (
        Offer.objects.select_for_update().get(pk=draft.release.offer_id)
        if draft.release.offer.capacity
        else (draft.release.offer)
    )
    if not offer.is_open(received_at):
        raise Closed("受付の期間が終わりました。入力した内容は残っています。担当の窓口へお問い合わせください。")
    if offer.capacity is None:
        return
    taken = Case.objects.filter(release__offer=offer).exclude(status=Case.Status.WITHDRAWN).count()
    if taken >= offer.capacity:
        raise Closed("定員に達したため、受け付けられませんでした。入力した内容は残っています。")


def _write(
    draft: Draft, digest: str, fee: Assessment, received_at: datetime, now: datetime, applicant: Applicant, by: Actor
) -> Case:
    email = applicant.email or (draft.applicant.email if draft.applicant else "")
    start = business_date(received_at)
    case = Case.objects.create(
        number=IssuedNumber.issue(business_date(now)),
        release=draft.release,
        submission=draft.submission,
        body_hash=digest,
        department=draft.release.offer.department,
        charge=charge_of(draft.release, fee, received_at, by),
        channel=draft.channel,
        applicant=draft.applicant,
        applicant_name=applicant.name,
        applicant_kana=applicant.kana,
        applicant_email=email,
        delivery_wish=applicant.delivery,
        happened_at=received_at,
        received_at=received_at,
        recorded_at=now,
        recorded_by=draft.entered_by,
        due_on=deadline([ClockEvent(ClockAct.START, start)], draft.release.standard_days),
    )
    ClockRow.objects.create(case=case, act=ClockAct.START, on=start)
    return case


def charge_of(
    release: Release, fee: Assessment, received_at: datetime, by: Actor, *, told_at: datetime | None = None
) -> Charge | None:
    """Create the charge of a fee, to be paid within 30 days after it is told; None for a release without fee lines."""
    if not fee.items:
        return None
    dues = [Due(item.label, item.revenue_code, item.unit_price, item.units, item.reduction) for item in fee.items]
    day, told = business_date(received_at), business_date(told_at or received_at)
    return Charge.assess(release.procedure.title, dues, applied_on=day, due_on=told + PAY_WITHIN, by=by)
