"""A designer keeps a flow, copies it to improve it, and freezes what was decided."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.cast import clerk
from tests.cast.flows import PERMIT
from todoke.audit.models import Entry
from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.diff import remove_steps
from todoke.flows.flow_document import (
    document_from_table,
    from_json_data,
    scenario_from_document,
    table_from_document,
    to_json_data,
)
from todoke.flows.flow_templates import TEMPLATES, template_by_key
from todoke.flows.models import Flow
from todoke.flows.simulation.scenario import Scenario, Staff
from todoke.flows.step_table import StepTable
from todoke.runtime.refusals import Conflict

pytestmark = pytest.mark.django_db


def registration() -> StepTable:
    found = template_by_key("registration")
    assert found is not None
    return found.table()


def test_a_document_holds_everything() -> None:
    for table in (read_bpmn(PERMIT), *(one.table() for one in TEMPLATES)):
        assert table_from_document(document_from_table(table)) == table
    conditions = Scenario(1200, (Staff("p1", 2, absence=0.1),), date(2026, 4, 1), overtime=30)
    assert scenario_from_document(document_from_table(registration(), conditions)) == conditions


def test_a_document_with_unknown_parts_is_refused() -> None:
    with pytest.raises(TypeError):
        from_json_data(StepTable, {**to_json_data(registration()), "magic": 1})


def test_a_to_be_copy_belongs_to_its_as_is() -> None:
    author = clerk()
    flow = Flow.begin(registration(), "犬の登録", by=author)
    copy = flow.copy_to_be(by=author)
    again = copy.copy_to_be(by=author)
    assert (copy.kind, copy.origin, again.origin) == (Flow.Kind.TO_BE, flow, flow)
    assert copy.table == flow.table


def test_the_database_refuses_a_to_be_without_an_origin() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Flow.objects.create(number="f-x", title="x", kind=Flow.Kind.TO_BE, document={})


def test_two_people_saving_at_once_cannot_both_win() -> None:
    person = clerk()
    flow = Flow.begin(registration(), "犬の登録", by=person)
    same = Flow.objects.get(pk=flow.pk)
    flow.save_table(remove_steps(flow.table, {"s2"}), by=person, revision=1)
    with pytest.raises(Conflict):
        same.save_table(remove_steps(same.table, {"s6"}), by=person, revision=1)
    same.refresh_from_db()
    assert "s6" in {row.key for row in same.table.rows}


def test_a_save_that_changes_nothing_leaves_no_trace() -> None:
    person = clerk()
    flow = Flow.begin(registration(), "犬の登録", by=person)
    flow.save_table(flow.table, by=person)
    assert Entry.objects.filter(subject=f"flows.flow/{flow.pk}").count() == 1


def test_a_frozen_version_stays_as_it_was() -> None:
    person = clerk()
    flow = Flow.begin(registration(), "犬の登録", by=person)
    version = flow.freeze(by=person, note="会議で決定")
    assert flow.freeze(by=person) == version
    flow.save_table(replace(flow.table, title="犬の登録と鑑札"), by=person)
    assert flow.freeze(by=person).number == 2
    assert version.table.title == "犬の登録"
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(ProtectedError):
        flow.delete()


def test_a_flow_begun_from_a_template_keeps_its_name_when_it_is_saved() -> None:
    person = clerk()
    flow = Flow.begin(TEMPLATES[0].table(), "放課後児童クラブの利用決定", by=person)
    flow.save_table(flow.table, by=person)
    assert flow.title == flow.table.title == "放課後児童クラブの利用決定"
