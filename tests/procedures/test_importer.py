from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.cast import clerk, department
from tests.cast.procedures import procedure, table
from todoke.accounts.actors import System
from todoke.audit.models import Entry
from todoke.procedures.imports.importer import ImportResult, import_file, preview_file
from todoke.procedures.models import Code, FieldChange, Procedure
from todoke.spreadsheets.reader import UnreadableFile

pytestmark = pytest.mark.django_db
NATIONAL = Path(__file__).parents[2] / "src/todoke/procedures/data/national_survey_r6_city_halls.csv"
DOG = {"手続ID": "48899", "手続名": "犬の登録", "総手続件数": "10", "オンライン手続件数": "5"}


def brought(tmp_path: Path, *rows: dict[str, str], **options: Any) -> ImportResult:
    path = tmp_path / "手続.csv"
    path.write_text(table(*rows))
    return import_file(path, by=System("試験"), **options)


def only_defect(tmp_path: Path, **cells: str) -> tuple[int, str, str, str, str]:
    [found] = brought(tmp_path, DOG | cells).defects
    assert not Procedure.objects.exists()
    assert found.remedy
    return found.line, found.column, found.value, found.problem, found.remedy


def test_the_national_survey_comes_in_whole_and_a_second_time_changes_nothing() -> None:
    first = import_file(NATIONAL, by=System("試験"))
    assert (first.edition, first.created, first.refused, first.hints) == ("R6", 3098, 0, [])
    second = import_file(NATIONAL, by=System("試験"))
    assert (second.created, second.changed, second.unchanged) == (0, 0, 3098)
    residence = Procedure.objects.get(national_id="9108")
    assert residence.total_count == 123_490_614
    assert residence.get_actor_display() == "国民等"
    assert Code.objects.filter(procedures=residence, table="office").exists()


def test_trying_a_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(DOG | {"申請を提出する機関": "新しい機関"}))
    assert preview_file(path).created == 1
    assert not Procedure.objects.exists()
    assert not Code.objects.filter(table="office").exists()
    assert not Entry.objects.exists()


def test_a_changed_cell_is_written_with_its_history(tmp_path: Path) -> None:
    brought(tmp_path, DOG)
    outcome = brought(tmp_path, DOG | {"総手続件数": "1,234", "申請時に添付させる書類": "住民票; 戸籍"})
    assert [(c.field, c.before, c.after) for c in outcome.changes] == [
        ("総手続件数", "10", "1234"),
        ("申請時に添付させる書類", "", "住民票; 戸籍"),
    ]
    assert Procedure.objects.get().version == 1
    assert set(FieldChange.objects.values_list("field", "after")) == {
        ("総手続件数", "1234"),
        ("申請時に添付させる書類", "住民票; 戸籍"),
    }


def test_a_column_that_is_absent_leaves_its_values_alone(tmp_path: Path) -> None:
    brought(tmp_path, DOG)
    assert brought(tmp_path, {"手続ID": "48899", "手続名": "犬の登録"}).unchanged == 1
    assert Procedure.objects.get().total_count == 10


def test_an_empty_count_is_unknown_and_not_zero(tmp_path: Path) -> None:
    brought(tmp_path, DOG | {"総手続件数": ""})
    assert Procedure.objects.get().total_count is None


def test_full_width_digits_and_a_date_of_any_shape_are_never_scolded(tmp_path: Path) -> None:
    brought(tmp_path, DOG | {"総手続件数": "1,234件", "区のオンライン受付開始日": "2026年4月1日"})
    found = Procedure.objects.get()
    assert (found.total_count, str(found.online_since)) == (1234, "2026-04-01")


def test_more_online_than_in_total_is_told_by_line_and_column(tmp_path: Path) -> None:
    line, column, value, problem, remedy = only_defect(tmp_path, オンライン手続件数="1008")
    assert (line, column, value) == (2, "オンライン手続件数", "1,008")
    assert "総手続件数(10)より多く" in problem
    assert "空欄" in remedy


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("総手続件数", "約10", "0以上の整数"),
        ("総手続件数", "123456789012", "桁が多すぎます"),
        ("手続類型", "9 その他", "選択肢はありません"),
        ("手続類型", "1 申請等; 3 縦覧等", "一つだけ"),
        ("申請時に添付させる書類", "住民票; 通帳", "選択肢はありません"),
        ("区のオンライン受付開始日", "2026-02-30", "日付として読めません"),
        ("所管部署", "どこかの課", "部署はありません"),
        ("手続番号", "123", "形"),
        ("手続番号", "P-000999", "この番号の手続はありません"),
        ("手続名", "", "手続名がありません"),
        ("手続名", "犬" * 401, "長すぎます(401字)"),
        ("手続名", "犬\x07の登録", "制御文字"),
    ],
)
def test_a_cell_that_is_not_right_stops_the_file(tmp_path: Path, column: str, cell: str, said: str) -> None:
    _, found, _, problem, _ = only_defect(tmp_path, **{column: cell})
    assert found == column
    assert said in problem


def test_a_my_number_is_refused_and_not_repeated(tmp_path: Path) -> None:
    _, _, value, problem, _ = only_defect(tmp_path, 手続名="犬の登録 123456789018")
    assert "マイナンバー" in problem
    assert value == "犬の登録 ●●●●●●●●●●●●"


def test_one_bad_row_stops_all_or_is_left_out_by_choice(tmp_path: Path) -> None:
    rows = DOG, {**DOG, "手続ID": "2", "総手続件数": "x"}
    assert not brought(tmp_path, *rows).written
    assert not Procedure.objects.exists()
    outcome = brought(tmp_path, *rows, good_rows_only=True)
    assert (outcome.written, outcome.created, outcome.refused) == (True, 1, 1)


def test_the_same_procedure_twice_in_a_file_is_told(tmp_path: Path) -> None:
    [defect] = brought(tmp_path, DOG, DOG).defects
    assert (defect.line, defect.problem) == (3, "2行目と同じ手続です。")


def test_a_misspelt_header_is_guessed_and_a_double_one_refused(tmp_path: Path) -> None:
    assert "「総手続件数」のこと" in brought(tmp_path, {"手続名": "犬の登録", "総手続の件数": "1"}).hints[0]
    (tmp_path / "a.csv").write_text("手続名,手続名\n犬,猫\n")
    with pytest.raises(UnreadableFile, match="二つ以上"):
        preview_file(tmp_path / "a.csv")


def test_the_r7_edition_is_recognised_and_its_labels_mean_the_same(tmp_path: Path) -> None:
    brought(tmp_path, DOG | {"府省共通手続": "×（府省共通手続でない）"})
    r7 = {"関連する根拠法令": "", "府省共通手続": "✕（府省庁共通手続でない）"}
    outcome = brought(tmp_path, DOG | r7)
    assert (outcome.edition, outcome.unchanged) == ("R7", 1)


def test_a_procedure_of_our_own_is_known_by_its_title_and_then_its_number(tmp_path: Path) -> None:
    section = department("生活衛生課", "6002")
    own = {"手続名": "犬のしつけ教室の申込み", "所管部署": "生活衛生課"}
    assert brought(tmp_path, own).created == 1
    assert brought(tmp_path, own).unchanged == 1
    again = {"手続番号": "P-000001", "手続名": "犬のしつけ方教室の申込み", "所管部署": "6002"}
    assert brought(tmp_path, again).changed == 1
    assert Procedure.objects.get().department == section


def test_an_import_is_one_entry_in_the_audit_under_a_persons_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table(DOG))
    user = clerk()
    import_file(tmp_path / "a.csv", by=user)
    assert list(Entry.objects.values_list("act", "actor")) == [("取込", user.pk)]


def test_the_command_says_what_happened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(DOG | {"総手続件数": "x"}))
    with pytest.raises(CommandError, match="何も取り込んでいません"):
        call_command("import", path)
    assert "2行「総手続件数」 'x'" in capsys.readouterr().out
    procedure()
    with pytest.raises(CommandError, match="ファイルがありません"):
        call_command("import", tmp_path / "none.csv")
