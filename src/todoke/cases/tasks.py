"""Tasks of cases; each calls one function of the domain and is idempotent."""

from contextlib import suppress

from django_tasks import task

from todoke.accounts.actors import System
from todoke.cases import guest_access
from todoke.cases.exports import answer_exports
from todoke.cases.letters import batches, render
from todoke.cases.mail import draft_reminders, office_news
from todoke.cases.models import Draft, IntakeCount
from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG
from todoke.runtime.refusals import Conflict


@task(priority=Priority.BULK)
def delete_abandoned_drafts() -> None:
    """Delete unsent drafts that nobody saved for 90 days, with their answers, files and mails (下書きの掃除)."""
    for draft in Draft.objects.abandoned().select_related("submission"):
        with suppress(Conflict):
            draft.discard(by=System("下書きの保存期間"))


@task(priority=Priority.NORMAL)
def make_letter(letter_id: int) -> None:
    """Render a letter (通知書の印刷)."""
    render.render_to_file(letter_id)


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def make_batch(batch_id: int) -> None:
    """Render a letter batch (通知書の一括印刷)."""
    batches.render_batch(batch_id)


@task(priority=Priority.INTERACTIVE)
def mail_access_code(number: str, browser: str) -> None:
    """Mail an access code, good in one browser, to the applicant of a case, if there is one (確認番号の送付)."""
    guest_access.send_code(number, browser)


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def make_answer_export(export_id: int) -> None:
    """Write the file of an export of answers (回答の書出し)."""
    answer_exports.make_file(export_id)


@task()
def delete_expired_exports() -> None:
    """Delete the files of exports after their time."""
    answer_exports.delete_expired()


@task()
def tell_office() -> None:
    """Mail the office what arrived (職員への知らせ)."""
    office_news.tell_office()


@task()
def remind_of_drafts() -> None:
    """Mail those who wanted it that an application was not sent (送り忘れのお知らせ)."""
    draft_reminders.remind_due()


@task()
def count_intake() -> None:
    """Count what was received, by day (受付件数の集計)."""
    IntakeCount.count_recorded()
