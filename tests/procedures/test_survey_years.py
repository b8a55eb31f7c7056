from pathlib import Path

import pytest
from django.core.management import call_command

from tests.cast.procedures import procedure, table
from todoke.procedures import survey_years
from todoke.procedures.models import Volume

pytestmark = pytest.mark.django_db


def survey(path: Path, name: str, *rows: dict[str, object]) -> Path:
    file = path / name
    file.write_text(table(*rows))
    return file


def test_a_year_is_compared_with_the_next_across_changed_choices(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    r6 = {
        "手続名": "犬の登録",
        "オンライン化の実施状況": "5 一部実施済",
        "府省共通手続": "○(全府省)",
        "総手続件数": "10",
    }
    r7 = {
        "手続名": "犬の登録",
        "オンライン化の実施状況": "1 実施済",
        "府省共通手続": "〇(全府省庁)",
        "総手続件数": "10",
    }
    old = survey(tmp_path, "r6.csv", {"手続ID": "1", **r6}, {"手続ID": "2", **r6}, {"手続ID": "3", **r6})
    new = survey(
        tmp_path, "r7.csv", {"手続ID": "1", **r7}, {"手続ID": "2", **r7, "オンライン化の実施状況": "2 未実施"},
        {"手続ID": "4", **r7},
    )  # fmt: skip
    found = survey_years.compare(old, new)
    assert (found.new, found.gone, found.common, found.changed_rows) == (["4"], ["3"], 2, 1)
    assert found.carried_over == {"オンライン化の実施状況": 1}
    assert found.moves == {("オンライン化の実施状況", "5 一部実施済", "2 未実施"): 1}
    call_command("compare", old, new)
    assert "コード表の変更だけ(オンライン化の実施状況): 1件" in capsys.readouterr().out


def test_the_table_of_changed_choices_names_every_successor() -> None:
    ended = [row for row in survey_years.renamed_choices() if "(なくなった)" in row.labels]
    assert [(row.key, row.successor) for row in ended] == [("5", "1 実施済")]
    assert "4 上記" not in str(survey_years.renamed_choices())
    assert len(survey_years.renamed_choices()) >= 4


def test_volumes_stand_side_by_side_and_unknown_stays_unknown() -> None:
    dog = procedure()
    for year, total in ((2023, 5), (2024, None), (2025, 7)):
        Volume.objects.create(
            procedure=dog, starts_on=f"{year}-04-01", ends_on=f"{year + 1}-03-31", total=total, source="区"
        )
    periods = survey_years.last_periods()
    assert [f"{start:%Y/%m}〜{end:%Y/%m}" for start, end in periods] == ["2024/04〜2025/03", "2025/04〜2026/03"]
    assert list(survey_years.volumes_by_department(periods)) == [
        {"code": "", "name": "未定", "total_0": None, "online_0": None, "total_1": 7, "online_1": None}
    ]
