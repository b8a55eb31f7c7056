"""Filling in 記入: what a page of an application shows, and where a press of a button leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from todoke.cases.models import Draft
from todoke.formbuilder.answers.journey import Journey, Problem, Spot
from todoke.formbuilder.answers.page_form import PageForm, form_for, name_of
from todoke.formbuilder.document.question_types import written
from todoke.formbuilder.document.structure import Kind, Page
from todoke.formbuilder.models import Upload
from todoke.formbuilder.models.carryover import Carryover


@dataclass(frozen=True)
class Told:
    """引継ぎの知らせ: what an applicant is told about a newer form, and up to which instant they were told."""

    notices: tuple[Carryover, ...] = ()

    @property
    def until(self) -> str:
        """The instant of the latest notice; it comes back with the answers, so that later ones stay unread."""
        return max(notice.told_at for notice in self.notices).isoformat() if self.notices else ""


def told_of(draft: Draft) -> Told:
    """Return the notices that the applicant has not seen; a service with one release has none."""
    return Told(tuple(draft.submission.carryovers.unread())) if draft.release.number > 1 else Told()


def mark_told(draft: Draft, pressed: QueryDict) -> None:
    """Note as read what was on the page that was pressed, and nothing that came after it."""
    until = parse_datetime(pressed.get("told", "")) if len(pressed.get("told", "")) < 40 else None
    if until is not None and until.tzinfo is not None:
        draft.submission.carryovers.unread().filter(told_at__lte=until).update(read_at=timezone.now())


@dataclass(frozen=True)
class Sheet:
    """記入の一枚: one page of a draft, with the steps of the whole way."""

    draft: Draft
    page: Page
    form: PageForm
    steps: tuple[str, ...]
    step: int
    fresh: bool
    told: "Told"

    @property
    def asked(self) -> str:
        """The names of what this page asks; it comes back with the answers."""
        return " ".join(self.form.fields)


def sheet_of(
    draft: Draft,
    page: Page,
    journey: Journey,
    *,
    problems: Iterable[Problem] = (),
    extra: Mapping[str, int] | None = None,
    fresh: bool = False,
) -> Sheet:
    """Put a page together from a journey already read (one query for its files, where it asks for files)."""
    asks_for_files = any(question.kind is Kind.FILE for _, question in page.questions())
    uploads: list[Upload] = list(draft.submission.uploads.kept()) if asks_for_files else []
    form = form_for(page, journey, problems=problems, uploads=uploads, extra=extra)
    _mark_reused(draft, form)
    steps, step = steps_of(journey, page.id)
    return Sheet(draft, page, form, steps, step, fresh, told_of(draft))


def _mark_reused(draft: Draft, form: PageForm) -> None:
    """Say beside each answer that was taken from an earlier application that it was; guests have none."""
    if draft.applicant_id is None:
        return
    for question, row in draft.reuses.values_list("question", "row"):
        field = form.fields.get(name_of(question, row))
        if field is not None:
            said = _("前の申請から入れました。違うときは直してください。")
            field.help_text = "\n".join(filter(None, (said, str(field.help_text))))


def unseen(journey: Journey, page: Page, pressed: QueryDict) -> set[Spot]:
    """Return the questions of a page that came up only with the answers just given."""
    if "asked" not in pressed:
        return set()
    seen = set(str(pressed["asked"]).split())
    return {Spot(question.id, row) for _, question, row in journey.spots(page) if name_of(question.id, row) not in seen}


def results_of(journey: Journey, page: Page) -> dict[str, str]:
    """Return what the calculated questions of a page say now, by the names of their fields."""
    return {
        name_of(question.id, row): written(question, journey.value(question.id, row))
        for _, question, row in journey.spots(page)
        if question.formula is not None
    }


def steps_of(journey: Journey, page_id: str = "") -> tuple[tuple[str, ...], int]:
    """Return the names of all steps and which one a page is; without a page it is the last, the check."""
    pages = journey.pages()
    names = (*(page.title for page in pages), _("確認"))
    places = {page.id: place for place, page in enumerate(pages, 1)}
    return names, places.get(page_id, len(names))


def after(token: str, page: Page, journey: Journey, pressed: QueryDict) -> str:
    """Return the address that a press of a button leads to when nothing is in the way."""
    here = reverse("portal:application-page", args=[token, page.id])
    if group := pressed.get("add_row"):
        return f"{here}?add={group}#group-{group}"
    if "remove_row" in pressed or "remove_upload" in pressed or "attach" in pressed:
        return here
    if "later" in pressed:
        return reverse("portal:application-later", args=[token])
    if "back" in pressed:
        before = journey.previous_page(page.id)
        return reverse("portal:application-page", args=[token, before.id]) if before else here
    following = None if "to_check" in pressed else journey.next_page(page.id)
    if following is None:
        return reverse("portal:application-check", args=[token])
    return reverse("portal:application-page", args=[token, following.id])


def stops(pressed: QueryDict) -> bool:
    """Tell whether a press wants the page to be right first; going back or adding a row does not."""
    return not {"add_row", "remove_row", "remove_upload", "attach", "later", "back"} & pressed.keys()


def worth_showing(problems: Iterable[Problem], pressed: QueryDict, files: Iterable[str]) -> list[Problem]:
    """Return the problems to show now: all when the press wants to go on, else only those of files just sent."""
    if stops(pressed):
        return list(problems)
    sent = set(files)
    return [problem for problem in problems if name_of(problem.question, problem.row) in sent]
