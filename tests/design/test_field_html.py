"""A field says its label, help, error and input in one order, whatever somebody wrote in them."""

import re

from django import forms

from todoke.design.forms import mark_required_when

AWKWARD = "\"><script>alert(1)</script> & 'quoted'"


class AwkwardForm(forms.Form):
    """A form whose words try to leave their place."""

    said = forms.CharField(label=AWKWARD, help_text=AWKWARD)
    may = forms.CharField(label="空でよい", required=False)
    way = forms.ChoiceField(label=AWKWARD, help_text="選ぶ", choices=[(AWKWARD, AWKWARD)], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label=AWKWARD, required=False)


def test_words_and_what_was_typed_stay_inside_their_field() -> None:
    form = AwkwardForm({"said": AWKWARD, "way": AWKWARD})
    form.add_error("said", AWKWARD)
    written = "".join(field.as_field_group() for field in form)
    assert "<script" not in written
    assert written.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 8
    assert re.sub(r"<[^>]*>", "", written).count("<") == 0


def test_a_person_hears_label_help_and_error_with_the_input_they_belong_to() -> None:
    form = AwkwardForm({"way": "ほか", "said": ""})
    said, way = form["said"].as_field_group(), form["way"].as_field_group()
    assert '<label class="field__label" for="id_said">' in said
    assert 'aria-describedby="id_said_helptext id_said_error"' in said
    assert said.index("id_said_helptext") < said.index('<div id="id_said_error">') < said.index("<input")
    assert '<fieldset aria-describedby="id_way_helptext id_way_error">\n<legend class="field__label">' in way
    assert way.startswith('<div class="field field--radioselect field--error">')


def test_a_person_reads_which_fields_may_stay_empty_or_when_they_may_not() -> None:
    form = AwkwardForm()
    assert '<span class="field__optional">任意</span>' in form["may"].as_field_group()
    assert "field__optional" not in form["said"].as_field_group()
    mark_required_when(form, {"may": "<郵送>のときは必須"})
    assert '<span class="field__optional">&lt;郵送&gt;のときは必須</span>' in form["may"].as_field_group()


def test_a_checkbox_stands_inside_its_label() -> None:
    assert re.search(
        r'<label for="id_agreed"><input type="checkbox"[^>]*><span>', AwkwardForm()["agreed"].as_field_group()
    )
