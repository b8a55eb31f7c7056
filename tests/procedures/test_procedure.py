import pytest
from django.db import IntegrityError, transaction

from tests.cast import present
from tests.cast.procedures import procedure
from todoke.procedures import codes
from todoke.procedures.models import Code, CodedValue, CodeSpelling, Procedure, install_code_tables

pytestmark = pytest.mark.django_db


def test_every_procedure_gets_the_next_public_number() -> None:
    assert [procedure().number, procedure().number] == ["P-000001", "P-000002"]


def test_a_procedure_is_abolished_but_never_deleted() -> None:
    with pytest.raises(TypeError, match="廃止日"):
        procedure().delete()


def test_the_database_refuses_more_online_than_in_total() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        procedure(total_count=0, online_count=1008)


def test_an_unknown_count_is_not_zero() -> None:
    assert procedure(total_count=None, online_count=5).total_count is None


def test_what_is_exempt_or_unfit_by_nature_cannot_go_online() -> None:
    install_code_tables()
    procedure(online_status=codes.OnlineStatus.EXEMPT)
    unfit, possible = procedure(), procedure()
    CodedValue.objects.create(procedure=unfit, code=Code.objects.get(table="concern", key="5"))
    assert list(Procedure.objects.online_possible()) == [possible]


@pytest.mark.parametrize("text", ["1 実施済", "実施済", "1", "１ 実施済"])
def test_a_choice_is_found_however_it_is_typed(text: str) -> None:
    assert codes.tables()["online_status"].find(text) == "1"


def test_both_editions_of_a_label_mean_the_same_choice() -> None:
    shared = codes.tables()["shared"]
    assert shared.find("○（全府省）") == shared.find("〇（全府省庁）") == "all"


def test_a_choice_that_ended_is_read_as_its_successor() -> None:
    install_code_tables()
    install_code_tables()
    partly = Code.objects.get(table="online_status", key="5")
    assert (partly.last_year, present(partly.replaced_by).key) == (2024, "1")
    assert list(partly.spellings.values_list("edition", flat=True)) == ["R6"]
    assert CodeSpelling.objects.filter(edition="R7", code__table="concern").count() == 8


@pytest.mark.parametrize(
    "table", ["kind", "party", "duty", "shared", "online_status", "online_from", "fee", "fee_relief"]
)
def test_the_typed_choices_and_the_code_tables_agree(table: str) -> None:
    typed = {"kind": codes.Kind, "party": codes.Party, "duty": codes.Duty, "shared": codes.Shared,
             "online_status": codes.OnlineStatus, "online_from": codes.OnlineFrom, "fee": codes.Fee,
             "fee_relief": codes.FeeRelief}[table]  # fmt: skip
    assert set(typed.values) == {row.key for row in codes.tables()[table].rows}
