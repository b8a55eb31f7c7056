"""A person who reads English finds the day and the amount written in English."""

from datetime import date

from django.template import Context, Template
from django.utils import translation

from todoke.payments.models import Charge

DRAWN = Template("{% load design %}{{ day|page_date }} {{ fee|yen }}")
FACTS = {"day": date(2026, 12, 3), "fee": 1710}


def test_a_day_and_an_amount_are_written_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert DRAWN.render(Context(FACTS)) == "Thursday 3 December 2026 1,710 yen"
    for language in ("ja", "ja-easy"):
        with translation.override(language):
            assert DRAWN.render(Context(FACTS)) == "2026年12月3日(木) 1,710円"


def test_a_person_who_still_has_to_pay_reads_so_in_their_language() -> None:
    for language in ("en", "ja-easy"):
        with translation.override(language):
            said = [translation.gettext(label) for label in Charge.Status.labels]
        assert not set(said) & (set(Charge.Status.labels) - {"無料"})


def test_a_blind_person_hears_in_english_where_they_are() -> None:
    page = Template('{% load components %}{% breadcrumbs "Home" "/" "Dogs" %}{% steps names 2 %}')
    with translation.override("en"):
        drawn = page.render(Context({"names": ["Owner", "Dog"]}))
    assert 'aria-label="Where you are"' in drawn
    assert 'aria-label="Step 2 of 2"' in drawn
