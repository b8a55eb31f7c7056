"""A postal code of several places names them all; a place abroad is known by what it is not."""

import pytest

from todoke.japanese.postal_codes import is_abroad, regions_of


def test_a_code_of_several_places_names_them_all() -> None:
    assert regions_of("618-0000") == ["京都府乙訓郡大山崎町", "大阪府三島郡島本町"]
    assert regions_of("498-0000") == ["愛知県弥富市", "三重県桑名郡木曽岬町"]
    assert len(regions_of("452-0961")) > 50


@pytest.mark.parametrize(
    ("region", "abroad"),
    [
        ("シンガポール", True),
        ("Singapore", True),
        ("中国上海市", None),
        ("中央区築地", None),
        ("東京都中央区築地", False),
        ("", False),
    ],
)
def test_a_place_abroad_is_known(region: str, abroad: bool | None) -> None:
    assert is_abroad(region) is abroad
