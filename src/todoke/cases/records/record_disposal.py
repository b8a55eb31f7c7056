"""Record disposal 廃棄: expired records are proposed for disposal; approved ones are erased everywhere."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.approvals.models import Proposal, Route
from todoke.approvals.proposal_erasure import erase as erase_proposal
from todoke.audit.log import subject_of
from todoke.cases import signals
from todoke.cases.decision.joint_proposals import erase_from_dossiers
from todoke.cases.exports.answer_exports import erase_exports_of
from todoke.cases.mail.mail_holds import discard_held
from todoke.cases.models import (
    Case,
    CaseEvent,
    CaseMessage,
    CorrectionItem,
    CorrectionRequest,
    DecisionDraft,
    Draft,
    HeldMail,
    Letter,
    LetterBatch,
    Note,
    Opinion,
    Reconfirmation,
)
from todoke.cases.models.case_event import ClockRow
from todoke.formbuilder.models import Answer, MigrationNotice, Submission, Upload
from todoke.japanese.calendar import format_date
from todoke.notices.models import MailedLink
from todoke.notices.notice_erasure import erase_about
from todoke.records.models import Disposal, RecordFile
from todoke.records.tasks import delete_file_content

MATTER = "公文書の廃棄・移管"
GONE = "(廃棄済み)"


@transaction.atomic
def propose_disposal(disposal: Disposal, *, route: Route, by: User) -> Proposal:
    """Submit a disposal list for approval (廃棄の起案)."""
    files = [
        {
            "番号": item.file.number,
            "種類": item.file.kind,
            "完結日": format_date(item.file.closed_on),
            "満了日": format_date(item.file.expires_on) if item.file.expires_on else "なし(永年)",
            "保存期間": item.file.get_years_display(),
        }
        for item in disposal.items.select_related("file")
    ]
    dossier = {
        "伺い": f"次の公文書ファイル{len(files)}件を{disposal.get_kind_display()}してよろしいか。",
        "決定": {"整理番号": disposal.code, "区分": disposal.get_kind_display(), "一覧の照合値": disposal.list_hash},
        "対象の公文書ファイル": files,
    }
    title = f"公文書ファイルの{disposal.get_kind_display()}について({disposal.code})"
    return Proposal.open(route=route, title=title, dossier=dossier, by=by, kind=MATTER)


@transaction.atomic
def create_and_propose(files: Iterable[RecordFile], *, kind: str, route: Route, by: User) -> Proposal:
    """Create a disposal list of expired files and propose it, in one transaction."""
    return propose_disposal(Disposal.create_list(files, kind=Disposal.Kind(kind), by=by), route=route, by=by)


@transaction.atomic
def settle_disposal(proposal: Proposal, *, approved: bool, by: Actor) -> None:
    """Apply the decision on a disposal list to the list."""
    if proposal.kind != MATTER:
        return
    words = proposal.dossier.content["決定"]
    disposal = Disposal.objects.get(code=words["整理番号"])
    if approved:
        disposal.approve(decision=proposal.number, list_hash=words["一覧の照合値"], by=by)
    else:
        disposal.cancel(by=by)


@transaction.atomic
def erase_case(file: RecordFile, *, by: Actor) -> None:
    """Erase a case's personal data: answers, papers, letters, notices, reasons. Its counts stay."""
    case = Case.objects.select_related("proposal", "submission").filter(number=file.number).first()
    if case is None:
        return
    _erase_submission(case.submission)
    _erase_words(case)
    for path in Letter.objects.filter(case=case).exclude(file="").values_list("file", flat=True):
        delete_file_content.enqueue(path)
    for batch in LetterBatch.objects.filter(letters__case=case).exclude(file="").distinct():
        for path in (batch.file, batch.addresses):
            delete_file_content.enqueue(path)
        LetterBatch.objects.filter(pk=batch.pk).update(file="", addresses="")
    Letter.objects.filter(case=case).update(data={}, problem="", file="")
    for path in erase_exports_of(case):
        delete_file_content.enqueue(path)
    discard_held(case)
    erase_about(subject_of(case))
    erase_about(case.number)
    _erase_links(case)
    if case.proposal is not None and case.proposal.settled_at and not erase_from_dossiers(case):
        erase_proposal(case.proposal, by=by)
        erase_about(subject_of(case.proposal))
    reason = GONE if case.decision_reason else ""
    Case.objects.filter(pk=case.pk).update(
        applicant=None, applicant_name="", applicant_kana="", search_name="", applicant_email="", decision_reason=reason
    )
    signals.erased.send(Case, case=case)


@transaction.atomic
def erase_decision(file: RecordFile, *, by: Actor) -> None:
    """Erase the text of a proposal without a case, when its file is disposed of."""
    for proposal in Proposal.objects.filter(number=file.number, settled_at__isnull=False):
        erase_proposal(proposal, by=by)
        erase_about(subject_of(proposal))


def _erase_submission(submission: Submission) -> None:
    for path in Upload.objects.filter(submission=submission).values_list("path", flat=True):
        delete_file_content.enqueue(path)
    Upload.objects.filter(submission=submission).delete()
    Answer.objects.filter(submission=submission).delete()
    MigrationNotice.objects.filter(submission=submission).delete()
    Submission.objects.filter(pk=submission.pk).update(owner=None)


def _erase_links(case: Case) -> None:
    """Erase the mails about the draft, and the links that were mailed for the draft and the reconfirmations."""
    draft = Draft.objects.filter(submission=case.submission_id).first()
    asked = Reconfirmation.objects.filter(Q(case=case) | Q(answer=case))
    if draft is not None:
        erase_about(subject_of(draft))
        MailedLink.objects.about(draft).delete()
    MailedLink.objects.about(*asked).delete()


def _erase_words(case: Case) -> None:
    Note.objects.filter(case=case).update(text=GONE)
    CaseMessage.objects.filter(case=case).update(text=GONE)
    HeldMail.objects.filter(case=case).exclude(reason="").update(reason=GONE)
    Opinion.objects.filter(case=case).update(question=GONE)
    Opinion.objects.filter(case=case).exclude(answer="").update(answer=GONE)
    CaseEvent.objects.filter(case=case).exclude(reason="").update(reason=GONE)
    ClockRow.objects.filter(case=case).exclude(reason="").update(reason=GONE)
    DecisionDraft.objects.filter(case=case).exclude(reason="").update(reason=GONE)
    CorrectionRequest.objects.filter(case=case).update(message="")
    CorrectionItem.objects.filter(request__case=case).update(before="", after="")
    CorrectionItem.objects.filter(request__case=case).exclude(text="").update(text=GONE)
