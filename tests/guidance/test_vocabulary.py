"""Words that staff change are found by the next search of every process, however they were changed."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from todoke.accounts.actors import System
from todoke.guidance.models import PlainName, Referral, Synonym, VocabularyVersion
from todoke.guidance.vocabulary import known_words

pytestmark = pytest.mark.django_db


def wordings() -> dict[str, str]:
    return dict(known_words().synonyms)


def test_a_second_search_reads_no_words_again() -> None:
    Synonym.define("ねこ", "愛護", by=System())
    known_words()
    with CaptureQueriesContext(connection) as asked:
        known_words()
    assert ["version" in each["sql"] for each in asked.captured_queries] == [True]


def test_a_word_that_staff_add_change_and_remove_is_known_at_once() -> None:
    assert "ねこ" not in wordings()
    kept = Synonym.define("ねこ", "愛護", by=System())
    assert wordings()["ねこ"] == "愛護"
    Synonym.define("ねこ", "犬猫の譲渡", by=System())
    assert wordings()["ねこ"] == "犬猫の譲渡"
    kept.remove(by=System())
    assert "ねこ" not in wordings()


def test_names_and_referrals_loaded_beside_the_models_are_known_at_once() -> None:
    known_words()
    PlainName.objects.bulk_create([PlainName(title="転入届", plain="引っ越してきたとき")])
    assert known_words().names.called("転入届") == "引っ越してきたとき"
    PlainName.objects.filter(title="転入届").update(plain="転入")
    assert known_words().names.called("転入届") == "転入"
    Referral.objects.bulk_create([Referral(title="税の相談", said="税", place="税務署", note="n", source="s")])
    assert known_words().referral("税の相談").place == "税務署"
    Referral.objects.all().delete()
    assert known_words().places == {}


def test_a_word_whose_registration_failed_is_known_to_nobody() -> None:
    known_words()
    for said, before in (("ねこ", set[str]()), ("ぬいぐるみ", {"ねこ"})):
        with transaction.atomic():
            Synonym.define(said, "愛護", by=System())
            assert said in wordings()
            assert not before & set(wordings())
            transaction.set_rollback(True)
        assert said not in wordings()


def test_without_a_version_the_words_are_read_each_time() -> None:
    VocabularyVersion.objects.all().delete()
    assert "ねこ" not in wordings()
    Synonym.define("ねこ", "愛護", by=System())
    assert "ねこ" in wordings()
