"""The Excel list of 180 devices that a clerk kept for years is read as it is: a title, odd heads, months and eras."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from tests import cast
from tests.cast import devices as of_devices
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Refused
from todoke.systems.devices.device_figures import count_devices
from todoke.systems.devices.device_table import read_devices
from todoke.systems.models import Device

pytestmark = pytest.mark.django_db
DAYS = {
    "R5.4": date(2023, 4, 1),
    "令和7年4月1日": date(2025, 4, 1),
    "2024/10": date(2024, 10, 1),
    "令和6年度": date(2024, 4, 1),
}


def sheet(pools: tuple[str, str] = ("個別対応", "テレワーク"), *, days: bool = True) -> bytes:
    """30 and 150 devices under a title, with empty rows, a note and a total."""
    book = Workbook()
    page = cast.present(book.active)
    page.append(["令和8年度 パソコン等 配付管理台帳"])
    page.append([])
    page.append(["No.", "管理No.", "区分", "メーカー・型式", "S/N", *(["導入年月"] if days else []), "配付先", "備考"])
    written = list(DAYS)
    for n in range(180):
        row = [n + 1, f"PC-{n:03}", pools[n >= 30], "〇〇製 ノートPC", f"SN{n:05}"]
        page.append([*row, *([written[n % 4]] if days else []), "区民課", "" if n % 9 else "ACアダプター不足"])
    page.append([])
    page.append(["合計", "", "", "180台"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_180_devices_with_messy_heads_are_registered_in_their_pools_at_once() -> None:
    admin = of_devices.lender()
    own, shared = of_devices.pool("own", "個別対応", is_individual=True), of_devices.pool("tele", "テレワーク")
    page = cast.signed_in(admin)
    file = io.BytesIO(sheet())
    file.name = "配付管理台帳(最新).xlsx"
    answer = page.post("/office/devices/registration/", {"pool": shared.pk, "table": file}, follow=True)
    assert "180台を登録しました(個別対応 30台、テレワーク 150台)" in answer.content.decode()
    counts = count_devices()
    assert (counts.kept, counts.individual, counts.actual) == (180, 30, 150)
    assert own.devices.count() == 30
    assert set(Device.objects.values_list("acquired_on", flat=True)) == set(DAYS.values())
    assert Device.objects.get(asset_number="PC-000").serial == "SN00000"


def test_a_list_without_days_asks_for_one_and_takes_it_for_every_row() -> None:
    page, pool = cast.signed_in(of_devices.lender()), of_devices.pool("tele", "テレワーク")
    for given, said in (({}, "取得日の列が見つかりません"), ({"acquired_on": "2023-04-01"}, "180台を登録しました")):
        file = io.BytesIO(sheet(("テレワーク", "テレワーク"), days=False))
        file.name = "台帳.xlsx"
        answer = page.post("/office/devices/registration/", {"pool": pool.pk, "table": file, **given}, follow=True)
        assert said in answer.content.decode()
    assert set(Device.objects.values_list("acquired_on", flat=True)) == {date(2023, 4, 1)}


def test_a_column_that_says_something_else_than_pools_is_left_and_one_unknown_pool_among_known_ones_is_named() -> None:
    admin, pool = of_devices.lender(), of_devices.pool("tele", "テレワーク")
    entries = read_devices(sheet(("ノート", "デスクトップ")), today())
    assert Device.register(pool, entries, by=admin) == 180
    assert pool.devices.count() == 180
    Device.objects.all().delete()
    with pytest.raises(Refused, match="個別対応"):
        Device.register(pool, read_devices(sheet(), today()), by=admin)
    assert not Device.objects.exists()
