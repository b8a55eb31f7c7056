"""設問をさがす: questions of one's own forms and of the templates, to be copied into another form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from todoke.formbuilder.document import form_templates
from todoke.formbuilder.document.edits import Part, copied_question, part
from todoke.formbuilder.document.form_templates import folded
from todoke.formbuilder.document.structure import KIND_LABELS, QuestionKind
from todoke.formbuilder.models import FormDraft
from todoke.runtime.refusals import Unreadable

MOST = 30
OWN_FORMS = 200
OWN, TEMPLATE = "own", "template"


@dataclass(frozen=True)
class BankQuestion:
    """写せる設問: a question with the form it stands in; ``source`` names that form."""

    source: str
    form: str
    id: str
    label: str
    kind: str
    options: str


def matching_questions(words: str, without: str) -> list[BankQuestion]:
    """Return questions whose label, kind or options hold every word, one's own first; none without words."""
    wanted = [folded(word) for word in words.split()]
    found: dict[tuple[str, str, str], BankQuestion] = {}
    for one in _questions(without) if wanted else ():
        text = folded(f"{one.label} {one.kind} {one.options}")
        if all(word in text for word in wanted):
            found.setdefault((one.label, one.kind, one.options), one)
        if len(found) == MOST:
            break
    return list(found.values())


def _questions(without: str) -> Iterator[BankQuestion]:
    for draft in FormDraft.objects.exclude(code=without).order_by("-edited_at")[:OWN_FORMS]:
        yield from _in(f"{OWN}:{draft.code}", draft.title, draft.document)
    for code in form_templates.codes():
        definition = form_templates.definition(code)
        yield from _in(f"{TEMPLATE}:{code}", f"ひな形 {definition['title']}", definition)


def _in(source: str, form: str, definition: dict[str, Any]) -> Iterator[BankQuestion]:
    for page in definition["pages"]:
        for question in (one for group in page["groups"] for one in group["questions"]):
            if question["kind"] != QuestionKind.CALCULATED:
                options = "、".join(option["label"] for option in question.get("options", []))
                kind = KIND_LABELS[QuestionKind(question["kind"])]
                yield BankQuestion(source, form, question["id"], question["label"], kind, options)


def copied(source: str, question_id: str) -> Part:
    """Return the copy of a question of a form or template. Raises Unreadable where it is gone."""
    kind, _, code = source.partition(":")
    try:
        if kind == OWN:
            return copied_question(part(FormDraft.objects.get(code=code).document, question_id))
        if kind == TEMPLATE and code in form_templates.codes():
            return copied_question(part(form_templates.definition(code), question_id))
    except (FormDraft.DoesNotExist, KeyError):
        pass
    raise Unreadable("この設問は、もうありません。もう一度さがしてください。")
