"""An input is written letter for letter as Django's own templates write it, only faster."""

import re
from typing import Any

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting

from todoke.design.forms import DatalistInput, FieldRenderer

AWKWARD = "\"><script>alert(1)</script> & 'quoted'"
CHOICES: list[Any] = [("", "なし"), ("山田", AWKWARD), (AWKWARD, "値"), (AWKWARD, [("a", "甲"), ("b", "乙")])]
WIDGETS: list[forms.Widget] = [
    forms.TextInput({"id": "id_a", "required": True, "disabled": False, "title": AWKWARD, AWKWARD: "x", "size": 4}),
    forms.NumberInput({"min": "0"}),
    forms.EmailInput(),
    forms.HiddenInput({"id": "x"}),
    forms.Textarea({"rows": "5"}),
    forms.Select({"id": "id_a"}, choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect({"id": "id_a", "class": AWKWARD, "title": AWKWARD}, choices=CHOICES),
    forms.RadioSelect(choices=CHOICES),
]


@pytest.mark.parametrize("value", [None, "", "山田", AWKWARD, "二行\nあります", 0])
@pytest.mark.parametrize("name", ["name", AWKWARD])
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_an_input_is_written_as_the_template_would(widget: forms.Widget, name: str, value: Any) -> None:
    written = widget.render(name, value, renderer=FieldRenderer())
    theirs = widget.render(name, value, renderer=TemplatesSetting())
    one_line = re.sub(r"\s*\n\s*<(?=/?(opt|sel|div|label))", "<", theirs)
    assert written == re.sub(r"\s*\n ", " ", one_line)


def test_a_choice_that_is_to_be_made_says_so_instead_of_dashes() -> None:
    select = forms.Select(choices=[*BLANK_CHOICE_DASH, ("a", "甲"), ("b", BLANK_CHOICE_DASH[0][1])])
    assert select.render("x", None, renderer=FieldRenderer()) == (
        '<select name="x"><option value="" selected>選んでください</option>'
        '<option value="a">甲</option><option value="b">---------</option></select>'
    )


def test_a_suggestion_is_asked_for_each_time_and_written_beside_the_input() -> None:
    known = ["税務課"]
    widget = DatalistInput(lambda: known, {"class": "wide"})
    known.append(AWKWARD)
    assert widget.render('a"b', "窓口", renderer=FieldRenderer()) == (
        '<input type="text" name="a&quot;b" value="窓口" class="wide" list="a&quot;b-known">'
        '<datalist id="a&quot;b-known"><option value="税務課">'
        '<option value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#x27;quoted&#x27;"></datalist>'
    )


def test_what_is_written_is_not_escaped_again() -> None:
    written = forms.TextInput().render("x", "<", renderer=FieldRenderer())
    assert f"{written:s}" == '<input type="text" name="x" value="&lt;">'
    assert hasattr(written, "__html__")


def test_every_other_widget_is_written_by_its_template() -> None:
    widget = forms.CheckboxInput({"id": "c"})
    assert widget.render("x", True, renderer=FieldRenderer()) == widget.render("x", True, renderer=TemplatesSetting())
