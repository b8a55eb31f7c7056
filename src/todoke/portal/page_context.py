"""Page context 記入: what a page of an application shows, and the page that follows a button."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from todoke.cases.models import Draft
from todoke.formbuilder.answers.inputs import read_back
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import PageForm, form_for, input_name
from todoke.formbuilder.document.question_types import display_text
from todoke.formbuilder.document.structure import FormPage, QuestionKind
from todoke.formbuilder.models import Upload
from todoke.formbuilder.models.migration_notice import MigrationNotice
from todoke.portal.other_screens import new_view
from todoke.runtime.parameters import instant


@dataclass(frozen=True)
class MigrationNotices:
    """引継ぎの知らせ: unread notices about answers migrated to a newer form."""

    notices: tuple[MigrationNotice, ...] = ()

    @property
    def until(self) -> str:
        """The time of the latest notice, posted back so that only notices shown are marked read."""
        return max(notice.told_at for notice in self.notices).isoformat() if self.notices else ""


def unread_notices(draft: Draft) -> MigrationNotices:
    """Return the unread notices of a draft; a service with one release has none."""
    return (
        MigrationNotices(tuple(draft.submission.migration_notices.unread()))
        if draft.release.number > 1
        else MigrationNotices()
    )


def mark_notices_read(draft: Draft, pressed: QueryDict) -> None:
    """Mark the notices that the submitted page showed as read. Raises Malformed."""
    until = instant(pressed.get("told", ""))
    if until is not None:
        draft.submission.migration_notices.unread().filter(told_at__lte=until).update(read_at=timezone.now())


@dataclass(frozen=True)
class PageContext:
    """記入の一枚: template context of one page of a draft, with the steps of the whole form."""

    draft: Draft
    page: FormPage
    form: PageForm
    steps: tuple[str, ...]
    step: int
    fresh: bool
    told: "MigrationNotices"
    view: str

    @property
    def asked(self) -> str:
        """The field names of this page, posted back to detect questions that appeared since."""
        return " ".join(self.form.fields)


def page_context(
    draft: Draft,
    page: FormPage,
    journey: Journey,
    *,
    problems: Iterable[AnswerProblem] = (),
    extra: Mapping[str, int] | None = None,
    fresh: bool = False,
) -> PageContext:
    """Return the context of a page from a journey (one query for its files if it asks for any)."""
    asks_for_files = any(question.kind is QuestionKind.FILE for _, question in page.questions())
    uploads: list[Upload] = list(draft.submission.uploads.current()) if asks_for_files else []
    pictures = reverse("portal:application-file", args=[draft.submission.token, "-"]).removesuffix("-/")
    form = form_for(page, journey, problems=problems, uploads=uploads, extra=extra, pictures=pictures)
    _mark_reused(draft, form)
    steps, step = step_names(journey, page.id)
    return PageContext(draft, page, form, steps, step, fresh, unread_notices(draft), new_view())


def _mark_reused(draft: Draft, form: PageForm) -> None:
    """Add a help text to each answer copied from an earlier application; guests have none."""
    if draft.applicant_id is None:
        return
    for question, row in draft.reused_answers.values_list("question", "row"):
        field = form.fields.get(input_name(question, row))
        if field is not None:
            said = _("前の申請から入れました。違うときは直してください。")
            field.help_text = "\n".join(filter(None, (said, str(field.help_text))))


def newly_asked(journey: Journey, page: FormPage, pressed: QueryDict) -> set[AnswerKey]:
    """Return the questions of a page that appeared only with the answers just given."""
    if "asked" not in pressed:
        return set()
    seen = set(str(pressed["asked"]).split())
    return {
        AnswerKey(question.id, row)
        for _, question, row in journey.shown_questions(page)
        if input_name(question.id, row) not in seen
    }


def calculated_values(journey: Journey, page: FormPage) -> dict[str, str]:
    """Return the displayed values of calculated questions by field name, and the typed days in words."""
    shown = {
        input_name(question.id, row): (question, journey.value(question.id, row))
        for _, question, row in journey.shown_questions(page)
    }
    days = {
        f"{name}__spoken": read_back(value if isinstance(value, str) else "")
        for name, (question, value) in shown.items()
        if question.kind is QuestionKind.DATE
    }
    return days | {name: display_text(*found) for name, found in shown.items() if found[0].formula is not None}


def step_names(journey: Journey, page_id: str = "") -> tuple[tuple[str, ...], int]:
    """Return the names of all steps and the number of this page; without a page, that of the check page."""
    pages = journey.pages()
    names = (*(page.title for page in pages), _("確認"))
    places = {page.id: place for place, page in enumerate(pages, 1)}
    return names, places.get(page_id, len(names))


def next_url(token: str, page: FormPage, journey: Journey, pressed: QueryDict) -> str:
    """Return the URL that a button leads to when no problem prevents it."""
    here = reverse("portal:application-page", args=[token, page.id])
    if group := pressed.get("add_row"):
        return f"{here}?add={group}#group-{group}"
    if "remove_row" in pressed or {"remove_upload", "attach", "look_up"} & pressed.keys():
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


def requires_valid(pressed: QueryDict) -> bool:
    """Whether the button requires a valid page; going back or adding a row does not."""
    return not {"add_row", "remove_row", "remove_upload", "attach", "look_up", "later", "back"} & pressed.keys()


def problems_to_show(
    problems: Iterable[AnswerProblem], pressed: QueryDict, files: Iterable[str]
) -> list[AnswerProblem]:
    """Return all problems when the button goes on, else only those of files just uploaded."""
    if requires_valid(pressed):
        return list(problems)
    sent = set(files)
    return [problem for problem in problems if input_name(problem.question, problem.row) in sent]
