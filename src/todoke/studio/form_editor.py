"""Form editor 作業台: outline, selected part, preview and defects of a form draft."""

from dataclasses import dataclass, field

from django.forms import Form

from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.page_form import PageForm, form_for, input_name
from todoke.formbuilder.document.comparison import REQUIRED_NAMES
from todoke.formbuilder.document.edits import Definition, put_whole
from todoke.formbuilder.document.parser import canonical_json, parse_document
from todoke.formbuilder.document.structure import KIND_LABELS, Document, FormPage, Question
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

    @property
    def is_empty(self) -> bool:
        """Whether the group has no question yet."""
        return not self.rows


@dataclass(frozen=True)
class FormEditor:
    """作業台: template context of one page of a draft."""

    draft: FormDraft
    document: Document
    page: FormPage
    groups: list[OutlineGroup]
    preview: PageForm
    sentence: str
    form: Form | None = None
    chosen: str = ""
    defects: list[PublishDefect] = field(default_factory=list)


def form_editor(draft: FormDraft, page_id: str, *, form: Form | None = None, chosen: str = "") -> FormEditor:
    """Return the context of a page. Raises KeyError for an unknown page."""
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
    return FormEditor(draft, document, page, groups, page_preview(document, page), sentence, form, chosen, defects)


def _row(document: Document, question: Question) -> OutlineRow:
    sentence = document.condition_sentence(question.when) if question.when else ""
    formula = document.formula_sentence(question.formula) if question.formula else ""
    required = "" if question.formula else REQUIRED_NAMES[question.required]
    return OutlineRow(question, KIND_LABELS[question.kind], required, sentence, formula)


class AllQuestionsJourney(Journey):
    """すべての設問: a journey that shows every question, whatever was answered."""

    def shown(self, question_id: str, row: int = 0) -> bool:
        return True


def page_preview(document: Document, page: FormPage) -> PageForm:
    """Return a page as residents see it, with every conditional question and when it is shown."""
    form = form_for(page, AllQuestionsJourney(document, {}, today(), staff=True))
    form.auto_id = "preview_%s"
    for group, question in page.questions():
        field = form.fields.get(input_name(question.id, 1 if group.repeat else 0))
        sentences = [document.condition_sentence(when) for when in (group.when, question.when) if when]
        if field is not None and sentences:
            said = f"〔{'、かつ、'.join(sentences)}だけ出ます〕"
            field.help_text = "\n".join(filter(None, (said, str(field.help_text))))
    return form


def without_stale_translations(draft: FormDraft, changed: Definition) -> Definition:
    """Return the definition without translations of texts that changed or are gone."""
    if not changed.get("translations"):
        return changed
    kept = kept_translations(draft.parsed, parse_document(canonical_json(changed)))
    return put_whole(changed, {"translations": {language: words for language, words in kept.items() if words} or None})


def unsaved_preview(definition: Definition, page_id: str) -> PageForm:
    """Return the preview of an unsaved definition. Raises InvalidDefinition, KeyError."""
    document = parse_document(canonical_json(definition))
    return page_preview(document, document.page(page_id))
