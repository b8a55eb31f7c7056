"""Words are found wherever they stand in a text, capital or not, and no sign of theirs means anything else."""

import pytest

from tests import cast
from todoke.lists.substring_search import contains_text, contains_words
from todoke.organization.models import Department

pytestmark = pytest.mark.django_db
NAMES = ("住民税課", "Wi-Fi整備室", "50%支援室", "徴収_特別班")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("税", ["住民税課"]),
        ("民税課", ["住民税課"]),
        ("税民", []),
        ("WI-fi", ["Wi-Fi整備室"]),
        ("0%", ["50%支援室"]),
        ("住%課", []),
        ("収_特", ["徴収_特別班"]),
        ("住_税", []),
        ("室", ["50%支援室", "Wi-Fi整備室"]),
    ],
)
def test_a_clerk_finds_a_section_by_a_part_of_its_name(words: str, found: list[str]) -> None:
    for number, name in enumerate(NAMES):
        cast.department(name, f"70{number}")
    sections = Department.objects.filter(name__in=NAMES)
    assert sorted(sections.filter(contains_words("name", words)).values_list("name", flat=True)) == found
    if words != "WI-fi":
        assert sorted(sections.filter(contains_text("name", words)).values_list("name", flat=True)) == found
