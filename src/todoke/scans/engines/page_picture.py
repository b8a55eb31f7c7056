"""Page pictures 紙面の画像: decoded, turned by the code of the page, aligned by its four marks, cut into fields.

Runs in the bounded process alone: what somebody brought is decoded here.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from todoke.lazy_modules import np
from todoke.runtime.refusals import Unreadable
from todoke.scans.page_code import PageCode, read_page_code
from todoke.scans.recognition.page_registration import (
    Box,
    Matrix,
    Point,
    box_in_picture,
    choose_marks,
    page_to_picture,
)

if TYPE_CHECKING:
    import numpy.typing as npt

Grey: TypeAlias = "npt.NDArray[np.uint8]"
INK = 150
"""Grey below which a pixel is ink; the pale guides of our forms are lighter."""
MARK_MM, DPI = 5.5, 200
LEAST_INK = 40
ASIDE, ABOVE = 14, 8
TURNS = (0, 90, 180, 270)


@dataclass(frozen=True)
class AlignedPage:
    """合わせた紙面: the turn in degrees clockwise, the code of the page, and the map from millimetres or None."""

    turn: int
    code: PageCode | None
    matrix: Matrix | None


class PagePicture:
    """紙面の画像: a decoded sheet. Raises Unreadable for what is no picture."""

    def __init__(self, content: bytes) -> None:
        self._vision: Any = import_module("cv2")
        decoded = self._vision.imdecode(np.frombuffer(content, np.uint8), self._vision.IMREAD_GRAYSCALE)
        if decoded is None:
            raise Unreadable("画像を開けませんでした。もう一度スキャンしてください。")
        self.grey: Grey = decoded
        self.matrix: Matrix | None = None

    def align(self, size: Point) -> AlignedPage:
        """Turn the picture by the place of its code and find the four marks of a page of this size."""
        turn, code = self._turned()
        marks = choose_marks(self._squares(), (self.grey.shape[1], self.grey.shape[0]), size)
        self.matrix = page_to_picture(marks, size) if marks else None
        return AlignedPage(turn, code, self.matrix)

    def _turned(self) -> tuple[int, PageCode | None]:
        """Turn the picture until its code stands in the upper fifth; (0, None) where no code is found."""
        detector = self._vision.QRCodeDetector()
        plain = self.grey
        for turn in (0, 180, 90, 270):
            self.grey = np.ascontiguousarray(np.rot90(plain, -turn // 90))
            high, wide = self.grey.shape
            strip = self.grey[: high // 8, wide // 4 : 3 * wide // 4]
            for scale in (1.0, 2.0, 1.5):
                seen = self._vision.resize(strip, None, fx=scale, fy=scale, interpolation=self._vision.INTER_CUBIC)
                framed = self._vision.copyMakeBorder(seen, 24, 24, 24, 24, self._vision.BORDER_CONSTANT, value=255)
                try:
                    text, _, _ = detector.detectAndDecode(framed)
                except self._vision.error:
                    text = ""
                if text and (code := read_page_code(text)):
                    return turn, code
        self.grey = plain
        return 0, None

    def _squares(self) -> list[Point]:
        """Return the centres of the dark squares of about the size of a corner mark."""
        vision, high, wide = self._vision, *self.grey.shape
        edge = MARK_MM * wide / 210
        kernel = max(3, round(edge * 0.35)) | 1
        smooth = vision.GaussianBlur(self.grey, (5, 5), 0)
        _, dark = vision.threshold(smooth, 0, 255, vision.THRESH_BINARY_INV | vision.THRESH_OTSU)
        opened = vision.morphologyEx(dark, vision.MORPH_OPEN, np.ones((kernel, kernel), np.uint8))
        _, _, stats, centres = vision.connectedComponentsWithStats(opened)
        found = []
        for (_, _, width, height, area), centre in zip(stats[1:].tolist(), centres[1:].tolist(), strict=True):
            is_square = 0.6 < width / max(1, height) < 1.67 and area > 0.6 * width * height
            if is_square and 0.5 * edge**2 < area < 1.7 * edge**2:
                found.append((float(centre[0]), float(centre[1])))
        return found if high else []

    def box(self, box: Box) -> Grey:
        """Return the upright part of the picture that a box of the page lies in, at 200 dpi.

        Raises Unreadable where the page is not aligned.
        """
        if self.matrix is None:
            raise Unreadable("位置の合っていない紙面は読みません。")
        vision = self._vision
        wide, high = max(8, round(box.width * DPI / 25.4)), max(8, round(box.height * DPI / 25.4))
        to_page = np.array([[box.width / wide, 0, box.x], [0, box.height / high, box.y], [0, 0, 1]])
        whole = np.array(self.matrix).reshape(3, 3) @ to_page
        cut: Grey = vision.warpPerspective(
            self.grey, whole, (wide, high), flags=vision.INTER_AREA | vision.WARP_INVERSE_MAP, borderValue=255
        )
        return cut

    def black_out(self, boxes: list[Box], suffix: str) -> bytes:
        """Return the picture with boxes of the page in black. Raises Unreadable where the page is not aligned."""
        if self.matrix is None:
            raise Unreadable("位置の合っていない紙面は、黒塗りできません。")
        for box in boxes:
            part = box_in_picture(box.wider(1.0), self.matrix)
            left, top = round(part.x), round(part.y)
            self.grey[max(0, top) : round(part.y + part.height), max(0, left) : round(part.x + part.width)] = 0
        _, made = self._vision.imencode(suffix, self.grey)
        return bytes(made.tobytes())


def ink_of(cut: Grey) -> int:
    """Return how many pixels of a cut are ink."""
    return int((cut < INK).sum())


def line_of(cut: Grey) -> tuple[Grey, bool] | None:
    """Return the ink of a cut with a margin, and whether it touches the border; None where the field is blank."""
    dark = cut < INK
    if int(dark.sum()) < LEAST_INK:
        return None
    down, across = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    high, wide = cut.shape
    touches = bool(down[0] == 0 or across[0] == 0 or down[-1] == high - 1 or across[-1] == wide - 1)
    top, low = max(0, int(down[0]) - ABOVE), min(high, int(down[-1]) + ABOVE + 1)
    left, right = max(0, int(across[0]) - ASIDE), min(wide, int(across[-1]) + ASIDE + 1)
    return cut[top:low, left:right], touches
