"""A template that could not be read, or that would let a name pass unchecked, is refused when it is published."""

from dataclasses import replace

import pytest

from tests.cast.scans import fields
from todoke.runtime.refusals import Refused
from todoke.scans.printed_form import fields_of_boxes
from todoke.scans.recognition.field_types import FieldType, Policy
from todoke.scans.recognition.page_registration import A4, Box
from todoke.scans.template_fields import TemplateField, read_field, require_fields


def test_a_field_is_the_same_after_it_was_kept() -> None:
    for field in fields():
        assert read_field(field.as_data()) == field


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"policy": Policy.AUTO}, "確かめずに通せません"),
        ({"key": "copies"}, "同じ名前の欄"),
        ({"box": Box(200, 40, 60, 9)}, "はみ出しています"),
        ({"box": Box(70, 40, 0, 9)}, "はみ出しています"),
        ({"kind": FieldType.CHOICE}, "□が合いません"),
    ],
)
def test_what_cannot_be_read_is_refused(change: dict[str, object], said: str) -> None:
    first, *others = fields()
    changed: TemplateField = replace(first, **change)  # type: ignore[arg-type] # a change of one of them
    with pytest.raises(Refused, match=said):
        require_fields([changed, *others], A4)


def test_a_form_without_a_box_is_no_template() -> None:
    with pytest.raises(Refused, match="欄が一つもありません"):
        require_fields([], A4)
    require_fields(fields(), A4)


def test_the_boxes_of_one_name_are_the_marks_of_one_field() -> None:
    common = {
        "hint": "era",
        "title": "生年月日 元号",
        "required": True,
        "several": False,
        "page": 1,
        "y": 50.0,
        "w": 3.6,
    }
    boxes = [
        {**common, "key": "birth__era", "value": era, "label": era, "x": 70.0 + 20 * place, "h": 3.6}
        for place, era in enumerate(("令和", "平成"))
    ]
    year = {**common, "key": "birth__year", "hint": "year", "value": "", "label": "", "x": 120.0, "w": 20.0, "h": 9.0}
    era, of_year = fields_of_boxes([*boxes, year])
    assert (era.kind, era.choices) == (FieldType.CHOICE, ("令和", "平成"))
    assert era.as_data()["box"] == [70, 50, 23.6, 3.6]
    assert (of_year.kind, of_year.required) == (FieldType.YEAR, True)


def test_a_chosen_mark_is_read_by_its_label_and_a_written_value_as_it_stands() -> None:
    by_key = {field.key: field for field in fields()}
    assert by_key["welfare"].words("no") == "いいえ"
    assert by_key["welfare"].words("") == ""
    assert by_key["copies"].words("2") == "2"
