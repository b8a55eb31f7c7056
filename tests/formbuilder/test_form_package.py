import base64
import json
from typing import Any

import pytest
from pytest_django import Settings

from tests.cast.formbuilder import question, small, version
from todoke.accounts.actors import System
from todoke.design.municipality import Municipality, remember
from todoke.formbuilder.document.form_templates import codes, create_draft
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.publication import form_package
from todoke.runtime import installation_key

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
    sent, theirs = form_package.export_package(version().draft), installation_key.public_key()
    settings.INSTALLATION_KEY = base64.urlsafe_b64encode(bytes(32)).decode()
    unknown = form_package.read_package(sent)
    assert (unknown.ours, unknown.signed_by) == (False, "")
    assert "確かめられません" in unknown.origin_description
    settings.PEERS = {"霞市": theirs}
    assert form_package.read_package(sent).signed_by == "霞市"
    assert "霞市の様式です。署名を確かめました" in form_package.read_package(sent).origin_description


def test_a_form_bears_the_published_name_of_the_municipality() -> None:
    remember(Municipality("みなと台市"))
    assert form_package.read_package(form_package.export_package(version().draft)).origin == "みなと台市"


def test_a_file_that_was_changed_or_signed_by_somebody_else_is_of_nobody(settings: Settings) -> None:
    sent, theirs = json.loads(form_package.export_package(version().draft)), installation_key.public_key()
    settings.INSTALLATION_KEY = base64.urlsafe_b64encode(bytes(32)).decode()
    settings.PEERS = {"霞市": theirs}
    others = [{**sent, "origin": "湊町"}, {**sent, "key": installation_key.public_key()}, {**sent, "signature": "x"}]
    for data in others:
        found = form_package.read_package(json.dumps(data))
        assert (found.ours, found.signed_by) == (False, "")


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
