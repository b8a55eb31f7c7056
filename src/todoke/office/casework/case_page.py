"""The case file 案件の一枚: everything the page of one case shows, and which act comes next."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from todoke.accounts.models import User
from todoke.cases.letters.dispatch import blocked_letters
from todoke.cases.models import Case, CorrectionRequest, Letter
from todoke.cases.models.status import Status
from todoke.cases.staff_answers import is_staff_question
from todoke.office.casework.forms.cases import AssignmentForm, ExtensionForm, NoteForm, ReasonForm
from todoke.office.correspondence.forms.messages import MessageForm, OpinionForm


@dataclass(frozen=True)
class NextAct:
    """The one thing to do now (次にすること): what, with which consequence, and where; ``post`` does it at once."""

    title: str
    consequence: str
    label: str = ""
    url: str = ""
    post: bool = False


def casefile(case: Case, user: User) -> dict[str, Any]:
    """Return the context of the case page."""
    journey = case.submission.journey(staff=True)
    letters = list(case.letters.all())
    asked = list(case.correction_requests.prefetch_related("items").select_related("requested_by"))
    return {
        "case": case,
        "may_act": case.can_process(user),
        "answers": journey.summary(),
        "has_entries": any(
            is_staff_question(question) for page in journey.pages() for _, question, _ in journey.shown_questions(page)
        ),
        "uploads": list(case.submission.uploads.current()),
        "next": next_act(case, letters, asked),
        "letters": letters,
        "held_mails": case.held_mails.waiting().count(),
        "stopped": blocked_letters([letter for letter in letters if letter.is_ready and not letter.posted_at]),
        "asked": asked,
        "rulings": list(case.decision_drafts.select_related("drafted_by", "proposal")),
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


def next_act(case: Case, letters: list[Letter], asked: list[CorrectionRequest]) -> NextAct:
    """Say which act comes next, in the words of its consequence."""

    def url(name: str) -> str:
        return reverse(f"office:{name}", args=[case.number])

    if case.status == Status.RECEIVED:
        return NextAct(
            "審査を始める",
            "あなたが担当者になり、申請者の画面に「審査中」と出ます。",
            "審査を始める",
            url("case-review"),
            True,
        )
    if case.status == Status.REVIEW:
        return NextAct(
            "決定を起案する",
            "決裁ルートに回ります。決裁がすむと、通知書が作られ、申請者に知らせます。",
            "起案する",
            url("case-proposal"),
        )
    if case.status == Status.CORRECTION:
        return NextAct("申請者の補正を待っています", f"処理期間は止まっています。{_awaited(asked)}")
    if case.status == Status.DECIDING:
        number = case.proposal.number if case.proposal else ""
        return NextAct("決裁を待っています", f"起案番号 {number}。決裁がすむと、通知書が自動で作られます。")
    return _after(letters)


def _awaited(asked: list[CorrectionRequest]) -> str:
    due = asked[-1].due_on if asked else None
    return f"回答の期限は{due.month}月{due.day}日です。" if due else "回答の期限は決めていません。"


def _after(letters: list[Letter]) -> NextAct:
    for letter in letters:
        if letter.is_held:
            return NextAct("通知書を確かめる", "支援措置に当たる人の名前があるため、送らずに留め置いています。")
        if letter.problem and not letter.made_at:
            return NextAct("通知書を作れませんでした", letter.problem)
    return NextAct("この案件の処理は終わりました", "することはありません。")
