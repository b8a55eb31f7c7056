import json
from typing import Any

import pytest

from tests.cast_formbuilder import question, small, version
from todoke.accounts.actors import System
from todoke.formbuilder import exchange
from todoke.formbuilder.library import adopt, codes
from todoke.formbuilder.strict import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", codes())
def test_a_form_comes_back_byte_by_byte(code: str) -> None:
    sent = exchange.written(adopt(code, by=System()))
    parcel = exchange.read(sent)
    assert parcel.ours
    draft = exchange.take_in(parcel, "copy", by=System())
    draft.code = parcel.code
    assert exchange.written(draft) == sent


def test_a_form_of_another_municipality_is_taken_in_and_says_so(settings: Any) -> None:
    sent = exchange.written(version().draft)
    settings.SECRET_KEY = "another installation"
    assert not exchange.read(sent).ours


def test_a_damaged_or_hostile_file_is_refused() -> None:
    sent = json.loads(exchange.written(version().draft))
    damaged = {**sent, "document": small(question("changed"))}
    hostile = {**sent, "document": small(question("__class__"))}
    for data in (damaged, hostile, {**sent, "format": "other"}, {**sent, "extra": 1}, []):
        with pytest.raises(Refused):
            exchange.read(json.dumps(data))


def test_a_code_that_is_taken_is_refused() -> None:
    draft = version().draft
    with pytest.raises(Refused, match="もう使われています"):
        exchange.take_in(exchange.read(exchange.written(draft)), "", by=System())
