"""Address lists 住所の一覧: where addresses lie, as the office took them in, and how far off that may be."""

import csv
import io
from collections.abc import Iterator

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.japanese.addresses import address_key
from todoke.runtime.refusals import Unreadable

HEADER = ("住所", "緯度", "経度")
MOST = 200_000


class AddressList(ImmutableModel):
    """住所の一覧: the addresses of one municipality with their source and accuracy; the latest one is asked."""

    FROZEN, INSTEAD = "取り込んだ住所の一覧", "新しい一覧を取り込んでください。"

    municipality = models.CharField("都道府県と市区町村", max_length=60)
    source = models.CharField("出典", max_length=100)
    licence = models.CharField("利用条件", max_length=60)
    as_of = models.DateField("一覧の日付")
    accuracy_m = models.FloatField("位置の精度(m)")
    taken_at = models.DateTimeField("取り込んだ日時", auto_now_add=True)

    class Meta:
        verbose_name = "住所の一覧"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(accuracy_m__gt=0), name="places_address_list_has_an_accuracy")
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.as_of}"

    @transaction.atomic
    def take_in(self, table: str, *, by: Actor) -> int:
        """取込み: keep the list with its rows (住所, 緯度, 経度); return how many. Raises Unreadable."""
        self.save()
        points = AddressPoint.objects.bulk_create(self._points(table), batch_size=1000)
        if not points:
            raise Unreadable("位置の分かる住所が一行もありません。列は、住所、緯度、経度です。")
        record(self, "住所の一覧の取込み", by=by, after={"件数": len(points), "出典": self.source})
        return len(points)

    def _points(self, table: str) -> Iterator["AddressPoint"]:
        rows = csv.reader(io.StringIO(table))
        if tuple(next(rows, ()))[:3] != HEADER:
            raise Unreadable("一行目を「住所,緯度,経度」にしてください。")
        for number, row in enumerate(rows, start=2):
            if number > MOST:
                raise Unreadable(f"住所は{MOST:,}行までです。町ごとに分けてください。")
            try:
                address, latitude, longitude = row[0].strip(), float(row[1]), float(row[2])
            except (IndexError, ValueError) as error:
                raise Unreadable(f"{number}行目の緯度か経度が数ではありません。") from error
            key = address_key(address, self.municipality)
            if key.town and key.numbers and 20 <= latitude <= 46 and 122 <= longitude <= 154:
                yield AddressPoint(
                    address_list=self, address=address[:100], town=key.town[:60], number=key.number,
                    block="-".join(map(str, key.numbers[:-1])), latitude=latitude, longitude=longitude,
                )  # fmt: skip


class AddressPoint(ImmutableModel):
    """住所の位置: an address as it was written, its key, and where it lies; one address may have several."""

    FROZEN, INSTEAD = "住所の位置", "新しい一覧を取り込んでください。"

    address_list = models.ForeignKey(AddressList, models.PROTECT, related_name="points", verbose_name="住所の一覧")
    address = models.CharField("住所", max_length=100)
    town = models.CharField("町の鍵", max_length=60)
    number = models.CharField("番号", max_length=40)
    block = models.CharField("最後の番号の前まで", max_length=40, blank=True)
    latitude = models.FloatField("緯度")
    longitude = models.FloatField("経度")

    class Meta:
        verbose_name = "住所の位置"
        ordering = ["address_list", "town", "number", "pk"]
        indexes = [
            models.Index(fields=["address_list", "town", "number"], name="places_address_number"),
            models.Index(fields=["address_list", "town", "block"], name="places_address_block"),
        ]

    def __str__(self) -> str:
        return self.address
