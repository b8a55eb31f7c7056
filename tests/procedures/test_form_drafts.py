import pytest

from tests.cast.procedures import procedure
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.japanese.calendar import today
from todoke.procedures.codes import Party
from todoke.procedures.form_drafts import definition_for
from todoke.procedures.models import Code, CodedValue, Procedure, install_code_tables

pytestmark = pytest.mark.django_db


def surveyed(**coded: list[str]) -> Procedure:
    """A procedure for which the survey names information and papers."""
    install_code_tables()
    made = procedure("道路の占用の許可", law="道路法", article="第32条", actor=Party.PEOPLE_OR_BUSINESS)
    for table, keys in coded.items():
        for code in Code.objects.filter(table=table, key__in=keys):
            CodedValue.objects.create(procedure=made, code=code)
    return made


def labels(made: Procedure) -> dict[str, str]:
    document = read_document(definition_for(made))
    return {question.label: question.kind.value for *_, question in document.by_id.values()}


def test_what_the_survey_says_is_asked_and_attached() -> None:
    found = labels(surveyed(information=["02", "10"], document=["01", "15"], identification=["4"]))
    assert found["法人番号"] == "corporate_number"
    assert found["資本金"] == "money"
    assert found["住民票"] == found["本人確認書類"] == "file"
    assert "添付書類なし" not in found


def test_a_my_number_is_never_asked_in_a_text_field() -> None:
    found = labels(surveyed(information=["01"]))
    assert [kind for label, kind in found.items() if "マイナンバー" in label] == ["information"]


@pytest.mark.parametrize("actor", ["", *Party.values])
def test_a_draft_of_any_actor_can_be_published_and_filled_in(actor: str) -> None:
    made = surveyed(information=["03", "06", "08"], document=["02", "14"], submission=["2"])
    made.actor = actor
    document = read_document(definition_for(made))
    assert publish_defects(document, today()) == []
    assert Journey(document, sample_answers(document, today()), today()).problems() == []
    assert document.guide.legal_basis == ("道路法 第32条",)


def test_odd_characters_of_a_title_do_no_harm() -> None:
    made = procedure("<script>の\n届出 " + "長" * 300)
    assert read_document(definition_for(made)).title.startswith("〈script>の 届出")
