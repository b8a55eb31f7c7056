"""Jobs of cases: each calls one domain function and may run twice."""

from django_tasks import task

from todoke.cases.letters import press


@task()
def make_letter(letter_id: int) -> None:
    """Print a letter (通知書の印刷)."""
    press.make(letter_id)
