"""Form repopulation 入力の再表示: a page whose form was refused, shown again with everything typed and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

CLICKED = frozenset({"submit", "button", "image", "reset"})
NEVER_FILLED = CLICKED | {"file", "password", "hidden"}
NEVER_MARKED = CLICKED | {"hidden", "option"}
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
REFUSAL = "refusal"
KEPT = (
    '<p class="notice notice--error">まだ行われていません。入力した内容は残っています。'
    f'<a href="#{REFUSAL}">直すところへ進む</a></p>'
)
Values = Mapping[str, Sequence[str]]
Edit = tuple[int, int, str]
"""A replacement in the text of a page: from where, how many characters, by what."""


@dataclass
class Control:
    """A control 入力欄: an input, a select's option or a text area, and where its start tag stands."""

    tag: str
    attributes: dict[str, str | None]
    start: int
    end: int
    form: int
    label: int
    """Where the label that encloses it begins, or it itself."""
    close: int = 0
    """Where the content of a text area ends."""

    @property
    def name(self) -> str:
        return self.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        return (self.attributes.get("type") or "text").lower() if self.tag == "input" else self.tag


@dataclass
class Form:
    """A form of the page: where it posts, and the details elements around it and in it."""

    path: str
    identifier: str
    end: int
    details: set[int] = field(default_factory=set)


class FormsOfPage(HTMLParser):
    """ページの入力欄: collects the forms and the controls of a page with their places in its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text = text
        self.forms: list[Form] = []
        self.controls: list[Control] = []
        self.main = 0
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._form, self._label, self._select = -1, -1, ""
        self._details: list[int] = []
        self.feed(text)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, attributes = self._here(), dict(attrs)
        end = start + len(self.get_starttag_text() or "")
        if tag == "form":
            self._form = len(self.forms)
            self.forms.append(Form(_path(attributes.get("action")), attributes.get("id") or "", end))
            self.forms[-1].details.update(self._details)
        elif tag == "main":
            self.main = end
        elif tag == "details":
            self._details.append(-1 if "open" in attributes else start)
        elif tag == "label":
            self._label = start
        elif tag == "select":
            self._select = attributes.get("name") or ""
        if tag in {"input", "textarea", "select", "option", "button"}:
            self._add(tag, attributes, start, end)

    def _add(self, tag: str, attributes: dict[str, str | None], start: int, end: int) -> None:
        owner = attributes.get("form")
        form = next((at for at, each in enumerate(self.forms) if each.identifier == owner), -1) if owner else self._form
        if tag == "option":
            attributes = {**attributes, "name": self._select}
        label = self._label if self._label >= 0 else start
        self.controls.append(Control(tag, attributes, start, end, form, label))
        if form >= 0 and attributes.get("type") != "hidden" and tag != "button":
            self.forms[form].details.update(self._details)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = -1
        elif tag == "details" and self._details:
            self._details.pop()
        elif tag == "label":
            self._label = -1
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self.controls and self.controls[-1].tag == "textarea":
            self.controls[-1].close = self._here()

    def of(self, form: int) -> list[Control]:
        """Return the controls of a form."""
        return [each for each in self.controls if each.form == form]

    def form_at(self, path: str, values: Values) -> int | None:
        """Return which form posts to ``path``, by itself or by a button, and carries the hidden values that came."""
        for at, form in enumerate(self.forms):
            parts = self.of(at)
            leads = form.path == path or any(_path(each.attributes.get("formaction")) == path for each in parts)
            if leads and all(_came(each, values) for each in parts if each.kind == "hidden"):
                return at
        return None


def _path(address: str | None) -> str:
    return (address or "").partition("?")[0].partition("#")[0]


def _came(control: Control, values: Values) -> bool:
    """Whether a hidden value was sent; what a page makes anew each time, a token or a digest, is no mark of a form."""
    value = control.attributes.get("value") or ""
    return control.name == TOKEN or len(value) > 40 or control.name not in values or value in values[control.name]


def repopulated(text: str, path: str, values: Values, errors: Mapping[str, Sequence[str]], said: str) -> str | None:
    """Return the page ``text`` with the form that posts to ``path`` filled in as ``values`` say, and opened.

    ``said``, which is HTML, stands above the form and each of ``errors`` at its field. None where no form of the page
    posts there. Files and passwords are not filled in.
    """
    page = FormsOfPage(text)
    found = page.form_at(path, values)
    if found is None:
        return None
    form = page.forms[found]
    edits: list[Edit] = [(form.end, 0, _notice(said)), (page.main, 0, KEPT)]
    edits += [(place + len("<details"), 0, " open") for place in form.details if place >= 0]
    told: set[str] = set()
    for control in page.of(found):
        why = () if control.name in told or control.kind in NEVER_MARKED else errors.get(control.name, ())
        if why:
            told.add(control.name)
            words = "".join(f'<span class="field__error">{escape(each)}</span>' for each in why)
            edits.append((control.label, 0, f'<span id="{REFUSAL}-{escape(control.name)}">{words}</span>'))
        edits += _filled(control, values, wrong=bool(why))
    return _edited(text, edits)


def with_typed_texts(text: str, lines: Iterable[tuple[str, str]], said: str) -> str:
    """Return a page that has no such form any more, with ``said``, which is HTML, and what was typed, to copy."""
    rows = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value).replace(chr(10), '<br>')}</dd></div>"
        for label, value in lines
    )  # fmt: skip
    kept = f'<h2>入力していた内容</h2><dl class="summary-list">{rows}</dl>' if rows else ""
    return _edited(text, [(FormsOfPage(text).main, 0, f'<div class="stack">{_notice(said)}{kept}</div>')])


def _notice(said: str) -> str:
    return f'<div class="error-summary" id="{REFUSAL}" role="alert" tabindex="-1" autofocus><p>{said}</p></div>'


def _filled(control: Control, values: Values, *, wrong: bool) -> list[Edit]:
    """Return the edits that give a control what was typed, and mark it where it is wrong."""
    attributes, given = dict(control.attributes), values.get(control.name, ())
    if control.tag == "option":
        attributes.pop("name", None)
    if wrong:
        attributes |= {"aria-invalid": "true", "aria-describedby": f"{REFUSAL}-{control.name}"}
    edits: list[Edit] = []
    if control.kind in {"checkbox", "radio"}:
        _switch(attributes, "checked", on=(attributes.get("value") or "on") in given)
    elif control.kind == "option" and given and "value" in attributes:
        _switch(attributes, "selected", on=(attributes["value"] or "") in given)
    elif control.kind == "textarea" and given and control.close:
        edits.append((control.end, control.close - control.end, f"\n{escape(given[0])}"))
    elif control.tag == "input" and given and control.kind not in NEVER_FILLED:
        attributes["value"] = given[0]
    if control.name and attributes != control.attributes:
        edits.append((control.start, control.end - control.start, _tag(control.tag, attributes)))
    return edits


def _switch(attributes: dict[str, str | None], mark: str, *, on: bool) -> None:
    """Set or remove an attribute without a value."""
    attributes.pop(mark, None)
    if on:
        attributes[mark] = None


def _tag(tag: str, attributes: Mapping[str, str | None]) -> str:
    words = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{words}>"


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made at their places, which do not overlap."""
    pieces, at = [], 0
    for start, length, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[at:start], new]
        at = start + length
    return "".join([*pieces, text[at:]])
