"""The bench 作業台: what the editor of a form shows: its outline, the chosen part, the preview, the defects."""

from dataclasses import dataclass, field

from django.forms import Form

from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.page_form import PageForm, form_for
from todoke.formbuilder.document.comparison import REQUIRED_NAMES
from todoke.formbuilder.document.edits import Definition, put_whole
from todoke.formbuilder.document.parser import canonical_json, parse_document
from todoke.formbuilder.document.structure import KIND_LABELS, Document, Page, Question
from todoke.formbuilder.document.translations import kept_translations
from todoke.formbuilder.models import FormDraft
from todoke.formbuilder.publication.publish_checks import PublishDefect, publish_defects
from todoke.japanese.calendar import today


@dataclass(frozen=True)
class OutlineRow:
    """見出しの一行: a question in the outline."""

    question: Question
    kind: str
    required: str
    sentence: str
    formula: str


@dataclass(frozen=True)
class OutlineGroup:
    """見出しのまとまり: a group in the outline."""

    id: str
    title: str
    repeat: str
    sentence: str
    rows: list[OutlineRow]


@dataclass(frozen=True)
class Bench:
    """作業台: one page of a draft, open for editing."""

    draft: FormDraft
    document: Document
    page: Page
    groups: list[OutlineGroup]
    preview: PageForm
    sentence: str
    form: Form | None = None
    chosen: str = ""
    defects: list[PublishDefect] = field(default_factory=list)


def bench_of(draft: FormDraft, page_id: str, *, form: Form | None = None, chosen: str = "") -> Bench:
    """Put the editor together. Raises KeyError for a page that is not there."""
    document = draft.parsed
    page = document.page(page_id)
    groups = [
        OutlineGroup(
            group.id,
            group.title,
            f"{group.repeat.noun}ごとに繰り返す({group.repeat.least}〜{group.repeat.most})" if group.repeat else "",
            document.condition_sentence(group.when) if group.when else "",
            [_row(document, question) for question in group.questions],
        )
        for group in page.groups
    ]
    sentence = document.condition_sentence(page.when) if page.when else ""
    defects = publish_defects(document, today())
    return Bench(draft, document, page, groups, preview_of(document, page), sentence, form, chosen, defects)


def _row(document: Document, question: Question) -> OutlineRow:
    sentence = document.condition_sentence(question.when) if question.when else ""
    formula = document.formula_sentence(question.formula) if question.formula else ""
    required = "" if question.formula else REQUIRED_NAMES[question.required]
    return OutlineRow(question, KIND_LABELS[question.kind], required, sentence, formula)


class EveryQuestion(Journey):
    """すべての設問: a journey that shows every question, whatever was answered."""

    def shown(self, question_id: str, row: int = 0) -> bool:
        return True


def preview_of(document: Document, page: Page) -> PageForm:
    """Return a page as a resident sees it, with the questions under a condition too."""
    form = form_for(page, EveryQuestion(document, {}, today(), staff=True))
    form.auto_id = "preview_%s"
    return form


def with_fitting_translations(draft: FormDraft, changed: Definition) -> Definition:
    """Take away the translations of texts that changed or went, so that they are seen to be missing."""
    if not changed.get("translations"):
        return changed
    kept = kept_translations(draft.parsed, parse_document(canonical_json(changed)))
    return put_whole(changed, {"translations": {language: words for language, words in kept.items() if words} or None})


def previewed(definition: Definition, page_id: str) -> PageForm:
    """Return the preview of a definition that is not saved. Raises ``InvalidDefinition`` or KeyError."""
    document = parse_document(canonical_json(definition))
    return preview_of(document, document.page(page_id))
