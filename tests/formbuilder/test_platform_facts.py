"""What the platform knows is used in conditions: the agent's role and the channel, without a question."""

from datetime import date

import pytest

from tests.cast.formbuilder import question, small
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.agent_papers import with_agent_papers
from todoke.formbuilder.document.form_templates import definition
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.publication.publish_checks import publish_defects

ON = date(2026, 11, 22)
AT_COUNTER = {"op": "is", "question": "fact_channel", "value": "counter"}
BY_AGENT = {"op": "one_of", "question": "fact_agent", "value": ["mandate", "legal"]}


def test_a_question_is_shown_at_the_counter_only() -> None:
    document = read_document(small(question("a"), question("sign", "file", when=AT_COUNTER)))
    assert not Journey(document, {}, ON).shown("sign")
    assert Journey(document, {AnswerKey("fact_channel"): "counter"}, ON).shown("sign")
    assert publish_defects(document, ON) == []
    assert document.condition_sentence(document.question("sign").when) == "「申請の経路」が「窓口」であるとき"  # type: ignore[arg-type] # it has one


def test_a_question_is_shown_to_agents_only_and_the_check_tries_both() -> None:
    document = read_document(small(question("a"), question("why", when=BY_AGENT)))
    assert not Journey(document, {}, ON).shown("why")
    assert Journey(document, {AnswerKey("fact_agent"): "legal"}, ON).shown("why")
    assert publish_defects(document, ON) == []
    wrong = read_document(small(question("a"), question("b", when={**BY_AGENT, "value": ["nobody"]})))
    assert "選択肢(nobody)" in str(publish_defects(wrong, ON)[0])


def test_a_form_cannot_ask_what_the_platform_knows() -> None:
    with pytest.raises(InvalidDefinition):
        read_document(small(question("fact_agent")))


def test_the_papers_of_an_agent_are_asked_for_once() -> None:
    document = read_document(small(question("a")))
    assert with_agent_papers(document, "self") == document
    assert with_agent_papers(document, "helper") == document
    assert with_agent_papers(document, "mandate").pages[0].title == "代理人の書類"
    own = read_document(small(question("agent_mandate", "file", when=BY_AGENT)))
    assert with_agent_papers(own, "mandate") == own


def test_at_home_nobody_signs_for_the_counter_and_an_agent_proves_the_mandate_once() -> None:
    document = with_agent_papers(read_document(definition("residence-certificate")), "mandate")
    role: dict[AnswerKey, Value] = {AnswerKey("fact_agent"): "mandate", AnswerKey("relation"): "proxy"}
    journey = Journey(document, {**sample_answers(document, ON, role), **role}, ON)
    asked = {question.id for page in journey.pages() for _, question, _ in journey.shown_questions(page)}
    assert {"agent_mandate", "agent_identity"} <= asked
    assert not {"signature", "mandate_file", "identity_file"} & asked
