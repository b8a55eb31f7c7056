import json
from typing import Any

import pytest
from pytest_django import Settings

from tests.cast.formbuilder import question, small, version
from todoke.accounts.actors import System
from todoke.formbuilder.document.form_templates import codes, create_draft
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.publication import form_package

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", codes())
def test_a_form_comes_back_byte_by_byte(code: str) -> None:
    sent = form_package.export_package(create_draft(code, by=System()))
    parcel = form_package.read_package(sent)
    assert parcel.ours
    draft = form_package.import_package(parcel, "copy", by=System())
    draft.code = parcel.code
    assert form_package.export_package(draft) == sent


def test_a_form_of_another_municipality_is_taken_in_and_says_so(settings: Settings) -> None:
    sent = form_package.export_package(version().draft)
    settings.SECRET_KEY = "another installation"
    assert not form_package.read_package(sent).ours


def test_a_damaged_or_hostile_file_is_refused() -> None:
    sent = json.loads(form_package.export_package(version().draft))
    damaged = {**sent, "document": small(question("changed"))}
    hostile = {**sent, "document": small(question("__class__"))}
    others: list[Any] = [damaged, hostile, {**sent, "format": "other"}, {**sent, "extra": 1}, []]
    for data in others:
        with pytest.raises(InvalidDefinition):
            form_package.read_package(json.dumps(data))


def test_a_code_that_is_taken_is_refused() -> None:
    draft = version().draft
    with pytest.raises(InvalidDefinition, match="もう使われています"):
        form_package.import_package(form_package.read_package(form_package.export_package(draft)), "", by=System())
