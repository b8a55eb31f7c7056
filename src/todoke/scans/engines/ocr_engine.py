"""Line reader 行の読取り: what reads one line of a picture, and the model of the extra ``reading`` that does.

The extra (``./todoke extras reading``) brings PP-OCRv6 inside the package ``rapidocr``, whose file is read here without
the package, and onnxruntime. Everything is computed on this machine; nothing is sent anywhere.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from todoke.lazy_modules import np
from todoke.runtime.refusals import Refused
from todoke.scans.recognition.field_types import RARE_IN_NAMES, FieldType, allowed_signs, is_writable
from todoke.scans.recognition.line_decoder import Line, decode, mask_of

if TYPE_CHECKING:
    import numpy.typing as npt

Picture: TypeAlias = "npt.NDArray[np.uint8]"
NEEDED = ("rapidocr", "onnxruntime", "cv2", "pypdfium2")
MODEL, MODEL_SHA256 = "PP-OCRv6_rec_small.onnx", "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
HEIGHT, LEAST_WIDTH, MOST_WIDTH = 48, 48, 2_400
THREADS = 2


class LineReader(Protocol):
    """行の読取り: the name, version and model of a reader, and the text of a line."""

    name: str
    version: str
    model_sha256: str

    def read_line(self, image: Picture, kind: FieldType) -> Line:
        """Return the text of a line, a picture [height, width, 3], of the signs that a type of field can hold."""


def is_installed() -> bool:
    """Whether every part of the extra is there."""
    return all(find_spec(name) is not None for name in NEEDED)


def engine_label() -> str:
    """Return name and version of the engine as pages say it; "" without the extra."""
    return f"PP-OCRv6(rapidocr {version('rapidocr')})" if is_installed() else ""


def model_path() -> Path:
    """Return where the model lies. Raises Refused without the extra."""
    found = find_spec("rapidocr")
    if found is None or not found.submodule_search_locations:
        raise Refused("読取りの部品が入っていません。システム管理の担当に、./todoke extras reading を頼んでください。")
    return Path(next(iter(found.submodule_search_locations))) / "models" / MODEL


def is_measured_model() -> bool:
    """Whether the model is the one that was measured. Raises Refused without the extra."""
    return hashlib.sha256(model_path().read_bytes()).hexdigest() == MODEL_SHA256


class PaddleLineReader:
    """PP-OCRv6 (small, recognition) with onnxruntime on the processor.

    Raises Refused without the extra, or where the model is not the one that was measured.
    """

    name = "ppocrv6"

    def __init__(self) -> None:
        path = model_path()
        content = path.read_bytes()
        self.model_sha256 = hashlib.sha256(content).hexdigest()
        if self.model_sha256 != MODEL_SHA256:
            raise Refused(f"読取りのモデル({MODEL})が、確かめたものと違います。部品を入れ直してください。")
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        self.version = version("rapidocr")
        kept = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self.signs = ("", *kept, " ")
        self._rare = {common: (self.signs.index(variant), share) for common, (variant, share) in RARE_IN_NAMES.items()}
        self._masks: dict[FieldType, Any] = {}

    def _mask(self, kind: FieldType) -> Any:
        if kind not in self._masks:
            signs = allowed_signs(kind)
            self._masks[kind] = mask_of(self.signs, is_writable if signs is None else signs.__contains__)
        return self._masks[kind]

    def read_line(self, image: Picture, kind: FieldType) -> Line:
        """Return the text of a line of the signs that the type of field can hold."""
        vision = import_module("cv2")
        width = min(max(round(image.shape[1] * HEIGHT / image.shape[0]), LEAST_WIDTH), MOST_WIDTH)
        scaled = vision.resize(image, (width, HEIGHT), interpolation=vision.INTER_LINEAR).astype(np.float32)
        given = ((scaled / 255 - 0.5) / 0.5).transpose(2, 0, 1)[np.newaxis]
        (frames,) = self._session.run(None, {self._session.get_inputs()[0].name: given})
        return decode(frames[0], self.signs, self._mask(kind), self._rare if kind == FieldType.NAME else None)


@cache
def line_reader() -> LineReader:
    """Return the reader of this process. Raises Refused without the extra."""
    return PaddleLineReader()
