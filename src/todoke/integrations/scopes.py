"""Scopes 連携の範囲: what a partner's machine may do of all that its post allows; they only narrow."""

from django.db.models import TextChoices


class Scope(TextChoices):
    """連携の範囲: one of the things that a partner may be allowed."""

    STATUS = "cases.status", "案件の状態と期限を読む"
    ANSWERS = "cases.answers", "申請の回答と書類を読む"
    STATE = "cases.state", "審査を始める、取下げを記録する"
    RESULTS = "cases.results", "確かめた結果を案件のメモに書く"
    SUBMIT = "cases.submit", "ほかの窓口で受け付けた申請を渡す"
    AUTOMATIONS = "automations.report", "自動化の実行を報告する"
    EVENTS = "events", "案件と自動化の動きの知らせを受け取る"


def joined(scopes: list[str]) -> str:
    """Return scopes as they are stored, in one order. Raises ValueError for an unknown one."""
    return " ".join(sorted({Scope(scope).value for scope in scopes}))
