import re
from typing import Any

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from todoke.design.forms import FieldRenderer
from todoke.organization.models import Department

AWKWARD = "\"><script>alert(1)</script> & 'quoted' \n二行目"
WIDGETS: dict[str, forms.Widget] = {
    "text": forms.TextInput({"id": "id_a", "autocomplete": "family-name", "size": 4}),
    "set and unset attributes": forms.TextInput({"required": True, "disabled": False, "title": AWKWARD}),
    "number": forms.NumberInput(),
    "email": forms.EmailInput(),
    "hidden": forms.HiddenInput(),
    "long": forms.Textarea({"rows": "5"}),
    "choice": forms.Select({"id": "id_a"}, choices=[("", "なし"), ("山田", AWKWARD), (3, "三"), ("群", [("a", "甲")])]),
    "several choices": forms.SelectMultiple(choices=[("山田", "山田"), (3, "三")]),
}


@pytest.mark.parametrize("value", [None, "", "山田", AWKWARD, 3])
@pytest.mark.parametrize("widget", WIDGETS.values(), ids=WIDGETS)
def test_an_input_is_written_as_the_template_would(widget: forms.Widget, value: Any) -> None:
    written = widget.render("name", value, renderer=FieldRenderer())
    assert written == re.sub(
        r"\s*\n\s*<(?=/?(opt|sel))", "<", widget.render("name", value, renderer=TemplatesSetting())
    )


class Questions(forms.Form):
    one = forms.TypedChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "甲")])
    other = forms.ModelChoiceField(Department.objects.none())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("ja", "選んでください"), ("en", "Choose"), ("ja-easy", "えらんでください")]
)
def test_nobody_hears_dashes_where_a_choice_is_to_be_made(language: str, said: str) -> None:
    with override(language):
        written = Questions().as_p()
    assert written.count(f'<option value="" selected>{said}</option>') == 2
    assert "---" not in written


def test_a_fixed_address_is_the_one_that_django_finds() -> None:
    text = "{% url 'portal:status' %} {% url 'portal:procedure' 'P-1' %} {% url 'portal:nowhere' as lost %}[{{ lost }}]"
    assert Template(text).render(Context()) == "/status/ /procedures/P-1/ []"


@pytest.mark.django_db
def test_every_page_carries_the_policy(client: Client) -> None:
    policies = {
        client.get(address).headers["Content-Security-Policy"] for address in ("/", "/status/", "/accounts/login/")
    }
    assert len(policies) == 1
    assert "default-src 'none'" in policies.pop()
