"""How well printed forms of ours are read, on a synthetic set: print and handwriting fonts, clean, scanned and faxed.

    ./todoke extras reading
    ./todoke bench scans FONTS [--forms 24]

FONTS is a folder with handwriting fonts, for example the files of Debian's fonts-klee and fonts-yusei-magic. The set is
made here with a fixed seed and holds no real handwriting. Half of the forms calibrate the gates, the others are judged.
"""

import argparse
import platform
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from todoke.continuity.paperpack import TEMPLATE, plain_context
from todoke.design.pdf import FONTS, query_office_pdf, render_pages
from todoke.formbuilder.document.parser import read_document
from todoke.japanese.calendar import today
from todoke.scans.engines.ocr_engine import is_installed, line_reader
from todoke.scans.engines.sheet_reader import ReadSheet, read_sheet
from todoke.scans.page_code import page_code
from todoke.scans.printed_form import fields_of_boxes
from todoke.scans.recognition.field_types import NEVER_AUTO, FieldType
from todoke.scans.recognition.field_values import normalised
from todoke.scans.recognition.gates import lowest_gate
from todoke.scans.recognition.page_registration import A4
from todoke.scans.template_fields import TemplateField

DPI, LIMIT = 200, 0.01
HANDS = {"print": ("BIZ UDPGothic",), "hand": ("Klee One", "Yusei Magic")}
SURFACES = ("clean", "scan", "fax")
TARGETS = {("print", "scan"): 0.99, ("hand", "scan"): 0.93, ("hand", "fax"): 0.85}
FAMILIES = [("山田", "ヤマダ"), ("佐藤", "サトウ"), ("髙橋", "タカハシ"), ("渡辺", "ワタナベ"), ("小林", "コバヤシ"),
            ("伊藤", "イトウ"), ("斎藤", "サイトウ"), ("長谷川", "ハセガワ")]  # fmt: skip
GIVEN = [
    ("花子", "ハナコ"),
    ("一郎", "イチロウ"),
    ("美咲", "ミサキ"),
    ("健太", "ケンタ"),
    ("さくら", "サクラ"),
    ("誠", "マコト"),
]
PLACES = [("1040045", "東京都中央区築地"), ("4250022", "静岡県焼津市本町"), ("1000001", "東京都千代田区千代田")]
QUESTIONS: list[dict[str, Any]] = [
    {"id": "name", "kind": "name", "label": "氏名"}, {"id": "birth", "kind": "date", "label": "生年月日"},
    {"id": "home", "kind": "address", "label": "住所"}, {"id": "phone", "kind": "phone", "label": "電話番号"},
    {"id": "copies", "kind": "number", "label": "通数"}, {"id": "fee", "kind": "money", "label": "金額"},
    {"id": "welfare", "kind": "yes_no", "label": "生活保護を受けていますか"},
]  # fmt: skip
DOCUMENT: dict[str, Any] = {"schema": 1, "title": "見本の申請", "pages": [
    {"id": "p", "title": "申請", "groups": [{"id": "g", "title": "申請する人", "questions": QUESTIONS}]}]}  # fmt: skip


def written(chance: random.Random) -> dict[str, str]:
    """Return the answers of an invented person by the key of their box."""
    (family, family_kana), (given, given_kana) = chance.choice(FAMILIES), chance.choice(GIVEN)
    postal, region = chance.choice(PLACES)
    day = date(1950, 1, 1).toordinal() + chance.randrange(13_000)
    born = date.fromordinal(day)
    return {
        "name__family": family, "name__given": given, "name__family_kana": family_kana, "name__given_kana": given_kana,
        "birth__era": "西暦", "birth__year": str(born.year), "birth__month": str(born.month),
        "birth__day": str(born.day),
        "home__postal": f"{postal[:3]}-{postal[3:]}", "home__region": region,
        "home__street": f"{chance.randint(1, 9)}丁目{chance.randint(1, 30)}番{chance.randint(1, 20)}号",
        "phone": f"0{chance.randint(3, 9)}-{chance.randint(1000, 9999)}-{chance.randint(1000, 9999)}",
        "copies": str(chance.randint(1, 9)), "fee": f"{chance.randint(1, 99) * 100:,}",
        "welfare": chance.choice(["yes", "no"]),
    }  # fmt: skip


def surface(content: bytes, kind: str, chance: np.random.Generator, *, warped: bool = False) -> bytes:
    """Return a page as a scanner or a fax machine hands it over; ``warped`` bends the lines as a rough hand does."""
    vision: Any = import_module("cv2")
    grey = vision.imdecode(np.frombuffer(content, np.uint8), vision.IMREAD_GRAYSCALE)
    high, wide = grey.shape
    if warped:
        field = [vision.GaussianBlur(chance.normal(0, 1, (high, wide)).astype(np.float32), (0, 0), 14) for _ in "xy"]
        across, down = (60 * part for part in field)
        grid_x, grid_y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
        grey = vision.remap(grey, grid_x + across, grid_y + down, vision.INTER_LINEAR, borderValue=255)
    if kind != "clean":
        turn = vision.getRotationMatrix2D((wide / 2, high / 2), chance.uniform(-1.2, 1.2), 1.0)
        grey = vision.warpAffine(grey, turn, (wide, high), borderValue=255)
        grey = np.clip(grey + chance.normal(0, 6, grey.shape), 0, 255).astype(np.uint8)
    if kind == "fax":
        grey = np.where(vision.GaussianBlur(grey, (3, 3), 0) < 150, 0, 255).astype(np.uint8)
        grey[chance.random(grey.shape) < 0.0008] = 0
    ending, options = (".jpg", [vision.IMWRITE_JPEG_QUALITY, 60]) if kind == "scan" else (".png", [])
    return bytes(vision.imencode(ending, grey, options)[1].tobytes())


class Tally:
    """集計: fields right by hand and surface, and what gates would let pass."""

    def __init__(self) -> None:
        self.right: Counter[tuple[str, str]] = Counter()
        self.whole: Counter[tuple[str, str]] = Counter()
        self.wrong: Counter[str] = Counter()
        self.checked: dict[tuple[str, str, str], list[tuple[float, bool]]] = defaultdict(list)

    def add(
        self, cell: tuple[str, str], half: str, fields: Sequence[TemplateField], read: ReadSheet,
        truth: Mapping[str, str],
    ) -> None:  # fmt: skip
        found = {one.key: one for one in read.fields}
        for field in fields:
            if field.key not in truth:
                continue
            one = found.get(field.key)
            is_right = one is not None and one.text == normalised(field.kind, truth[field.key])
            self.right[cell] += is_right
            self.whole[cell] += 1
            if not is_right:
                self.wrong[field.kind.value] += 1
            if one is not None and not one.problem and field.kind not in NEVER_AUTO:
                self.checked[cell[1], half, field.kind.value].append((one.confidence, is_right))

    def passing(self, surfaces: Sequence[str]) -> tuple[int, int]:
        """Return how many judged fields pass gates that the other half proves, and how many of them are wrong."""
        passed = wrong = 0
        for kind in FieldType:
            calibrated = [row for each in surfaces for row in self.checked[each, "calibrate", kind.value]]
            gate = lowest_gate(calibrated, LIMIT)
            judged = [row for each in surfaces for row in self.checked[each, "judge", kind.value]]
            accepted = [is_right for confidence, is_right in judged if gate is not None and confidence >= gate]
            passed, wrong = passed + len(accepted), wrong + accepted.count(False)
        return passed, wrong


def main(arguments: Sequence[str]) -> None:
    """Make the set, read it, and print the figures beside the targets."""
    parser = argparse.ArgumentParser(prog="./todoke bench scans")
    parser.add_argument("fonts", type=Path)
    parser.add_argument("--forms", type=int, default=24)
    asked = parser.parse_args(arguments)
    if not is_installed():
        print("読取りの部品が入っていないため、測っていません。./todoke extras reading を先に実行してください。")
        return
    run(asked.fonts, asked.forms)


def run(fonts: Path, forms: int) -> None:
    context = plain_context("見本の申請", read_document(DOCUMENT), [page_code("sample", 1, page) for page in (1, 2)])
    fields = fields_of_boxes(query_office_pdf(TEMPLATE, context, "<box>"))
    tally, chance, noise = Tally(), random.Random(25), np.random.default_rng(25)
    misaligned, spent, sheets = 0, 0.0, 0
    for hand, families in HANDS.items():
        for number in range(forms):
            truth, font = written(chance), families[number % len(families)]
            filled = context | {"filled": {key: [text] for key, text in truth.items()}, "hand": font}
            pages = render_pages(TEMPLATE, filled, dpi=DPI, fonts=(FONTS, fonts))
            half = "calibrate" if number % 2 else "judge"
            for kind in SURFACES:
                for warped in (False, True) if hand == "hand" and kind == "scan" else (False,):
                    cell = (hand, kind + (" warped" if warped else ""))
                    content, began = surface(pages[0], kind, noise, warped=warped), time.process_time()
                    read = read_sheet(content, A4, fields, 1)
                    spent, sheets = spent + time.process_time() - began, sheets + 1
                    misaligned += read.matrix is None
                    tally.add(cell, half, fields, read, truth)
    torn = [_torn(pages[0], corner) for corner in range(4)]
    unread = sum(not read_sheet(content, A4, fields, 1).fields for content in torn)
    _say(tally, spent / sheets, sheets, misaligned, unread)


def _torn(content: bytes, corner: int) -> bytes:
    """Return a page without one of its corners."""
    vision: Any = import_module("cv2")
    grey = vision.imdecode(np.frombuffer(content, np.uint8), vision.IMREAD_GRAYSCALE)
    down, across = (
        (slice(0, 150) if corner < 2 else slice(-150, None)),
        slice(0, 150) if corner % 2 else slice(-150, None),
    )
    grey[down, across] = 255
    return bytes(vision.imencode(".png", grey)[1].tobytes())


def _say(tally: Tally, seconds: float, sheets: int, misaligned: int, unread: int) -> None:
    reader = line_reader()
    machine = f"{platform.machine()}、Python {platform.python_version()}"
    print(f"合成した見本({today():%Y-%m-%d}、実際の手書きではありません)、{sheets}枚、{machine}")
    print(f"{reader.name} {reader.version} モデル {reader.model_sha256[:12]}")
    for cell in sorted(tally.whole):
        target = TARGETS.get(cell)
        print(f"  {cell[0]:<6}{cell[1]:<12}{tally.right[cell]:>5}/{tally.whole[cell]:<5}"
              f" {tally.right[cell] / tally.whole[cell]:.3f}{f'  目標 {target:.2f}' if target else ''}")  # fmt: skip
    print("  違っていた欄の種類: " + "、".join(f"{kind} {number}" for kind, number in tally.wrong.most_common()))
    for name, surfaces in (("整った字", SURFACES), ("くずした字", ("scan warped",))):
        passed, wrong = tally.passing(surfaces)
        print(f"  確かめずに通る欄({name}、残り半分で測る): {passed}、うち誤り {wrong}")
    print(f"  位置の合わない紙 {misaligned}、角の欠けた紙4枚のうち読まなかった {unread}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  1枚 {seconds:.2f} CPU秒(目標 0.7)、最大 {memory:.0f} MB(目標 350、見本を作る分を含む)")


if __name__ == "__main__":
    main(sys.argv[1:])
