"""Case page 案件の一枚: the context of one case, and the next action."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from todoke.accounts.models import User
from todoke.approvals.available_actions import reason_of_return
from todoke.cases.answers import source_labels
from todoke.cases.correction.seen_originals import seen_originals, with_originals
from todoke.cases.decision.decision_words import outcome_words, verb_for
from todoke.cases.decision.issuance import ISSUED, is_issued
from todoke.cases.decision.readiness import open_points
from todoke.cases.decisions import EDITABLE
from todoke.cases.models import Case, CorrectionRequest, Letter
from todoke.cases.models.status import Status
from todoke.cases.models.stop_flag import is_flagged, unreleased_flagged
from todoke.cases.staff_answers import is_staff_question
from todoke.formbuilder.answers.journey import AnswerKey, Journey, SummaryRow
from todoke.formbuilder.document.structure import FormPage
from todoke.office.casework.case_papers import papers_of
from todoke.office.casework.forms.cases import AssignmentForm, ExtensionForm, NoteForm, ReasonForm
from todoke.office.correspondence.forms.messages import MessageForm, OpinionForm


@dataclass(frozen=True)
class NextAction:
    """The next action (次にすること): label, consequence and URL; ``post`` submits it directly."""

    title: str
    consequence: str
    label: str = ""
    url: str = ""
    post: bool = False


def case_context(case: Case, user: User) -> dict[str, Any]:
    """Return the template context of a case's page."""
    journey = case.submission.journey(staff=True)
    letters, words = list(case.letters.all()), outcome_words(case)
    asked = list(case.correction_requests.prefetch_related("items__received_by").select_related("requested_by"))
    return {
        "case": case,
        "may_act": case.can_process(user),
        "answers": _answers(case, journey),
        "has_entries": any(
            is_staff_question(question) for page in journey.pages() for _, question, _ in journey.shown_questions(page)
        ),
        "uploads": papers_of(
            case.submission.uploads.current(),
            lambda token: reverse("office:case-upload", args=[case.number, token]),
            protected=is_flagged(case),
        ),
        "open_points": open_points(case) if case.status in {Status.REVIEW, Status.RECEIVED} else [],
        "next": next_action(case, letters, asked),
        "letters": letters,
        "held_mails": case.held_mails.waiting().count(),
        "stopped": unreleased_flagged([letter for letter in letters if letter.is_ready and not letter.posted_at]),
        "asked": asked,
        "has_receipts": bool(asked) and any(item.received_by_id for item in asked[-1].items.all()),
        "rulings": [
            (draft, words[draft.outcome]) for draft in case.decision_drafts.select_related("drafted_by", "proposal")
        ],
        "passages": list(case.events.select_related("actor")),
        "notes": list(case.notes.select_related("written_by")),
        "clock_rows": list(case.clock_rows.all()),
        "exchanges": list(case.messages.select_related("written_by")),
        "opinions": list(case.opinions.select_related("department")),
        "message_form": MessageForm(auto_id="message_%s"),
        "opinion_form": OpinionForm(case=case, auto_id="opinion_%s"),
        "assignment": AssignmentForm(user=user, initial={"assignee": case.assignee_id}),
        "note_form": NoteForm(),
        "extension_form": ExtensionForm(auto_id="extension_%s"),
        "withdrawal_form": ReasonForm(auto_id="withdrawal_%s"),
        "reason_form": ReasonForm(auto_id="reason_%s"),
    }


def _answers(case: Case, journey: Journey) -> list[tuple[FormPage, list[SummaryRow]]]:
    """Return the answers page by page, with the author of each that the writer of the application did not write.

    A paper of which the original was seen says so, with or without a file.
    """
    sources, seen = source_labels(case.submission), seen_originals(case)
    return [
        (
            page,
            [
                replace(row, source=sources.get(AnswerKey(row.question.id, row.row), ""))
                for row in with_originals(rows, seen)
            ],
        )
        for page, rows in journey.summary()
    ]


def next_action(case: Case, letters: list[Letter], asked: list[CorrectionRequest]) -> NextAction:
    """Return the next action of a case, described by its consequence."""

    def url(name: str) -> str:
        return reverse(f"office:{name}", args=[case.number])

    if case.status == Status.RECEIVED:
        return NextAction(
            "審査を始める",
            "あなたが担当者になり、申請者の画面に「審査中」と出ます。",
            "審査を始める",
            url("case-review"),
            True,
        )
    if case.status == Status.REVIEW and case.proposal and case.proposal.status in EDITABLE:
        why = reason_of_return(case.proposal) or "書かれていません。"
        words = f"理由: {why} 直して起案すると、最初の職位から回り直します。"
        title = f"{case.proposal.get_status_display()}になった起案を直す"
        return NextAction(title, words, "直して起案する", url("case-proposal"))
    if case.status == Status.REVIEW:
        return NextAction(
            "決定を起案する",
            "決裁ルートに回ります。決裁がすむと、通知書が作られ、申請者に知らせます。",
            "起案する",
            url("case-proposal"),
        )
    if case.status == Status.CORRECTION:
        words = f"処理期間は止まっています。{_awaited(asked)}窓口や郵送で届いたものは、ここで受け取ります。"
        there = url("case-correction-receipt")
        return NextAction("申請者の補正を待っています", words, "届いた書類や回答を受け取る", there)
    if case.status == Status.DECIDING:
        number = case.proposal.number if case.proposal else ""
        return NextAction("決裁を待っています", f"起案番号 {number}。決裁がすむと、通知書が自動で作られます。")
    if not case.fee_is_undecided:
        return _after(case, letters)
    words = "「手数料」の欄で、還付するか、還付しないことを理由とともに記録します。理由は申請者に見えます。"
    return NextAction("納付された手数料の扱いを決める", words, "手数料の欄へ", f"{url('case')}#fee")


def _awaited(asked: list[CorrectionRequest]) -> str:
    due = asked[-1].due_on if asked else None
    return f"回答の期限は{due.month}月{due.day}日です。" if due else "回答の期限は決めていません。"


def _after(case: Case, letters: list[Letter]) -> NextAction:
    for letter in letters:
        if letter.is_held:
            return NextAction("通知書を確かめる", "支援措置に当たる人の名前があるため、送らずに留め置いています。")
        if letter.problem and not letter.made_at:
            return NextAction("通知書を作れませんでした", letter.problem)
    if case.status in {Status.GRANTED, Status.PARTLY} and verb_for(case) == ISSUED and not is_issued(case):
        wish = case.delivery_wish or "申請者に確かめてください"
        return NextAction(
            f"「{case.title}」を作って、渡す",
            f"作ったものを、窓口で渡すか、郵送します(受け取り方: {wish})。渡すか送るかしたら、ここで記録します。",
            "交付したと記録する", reverse("office:case-issuance", args=[case.number]), True,
        )  # fmt: skip
    if any(letter.is_ready and not letter.opened_at and not letter.posted_at for letter in letters):
        return NextAction(
            "通知書を届ける",
            "申請者は、まだ通知書を受け取っていません。オンラインで受け取らない人には、印刷して郵送します。",
            "通知書の発送へ", reverse("office:batches"),
        )  # fmt: skip
    return NextAction("この案件の処理は終わりました", "することはありません。")
