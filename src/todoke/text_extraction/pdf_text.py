"""PDF 文書: the lines of a PDF file, page by page."""

import io

from todoke.japanese.lookalikes import fold_lookalikes
from todoke.lazy_modules import pypdf
from todoke.runtime.refusals import Unreadable

START_WITHIN = 1024
BROKEN = KeyError, ValueError, OSError, NotImplementedError, AttributeError, TypeError
"""What pypdf raises, beside its own errors, for a file that is not what it says."""
LOCKED = (
    "パスワードが付いたPDFです。パスワードを外したPDFを選んでください"
    "(開いてから「印刷」で「PDFに保存」を選ぶと外れます)。"
)
CUT = "PDFが途中で切れているか、壊れています。もとのファイルを開いて、PDFに保存し直してください。"


def is_pdf(content: bytes) -> bool:
    """Tell whether readers take the file for a PDF: its mark stands among the first 1,024 bytes."""
    return b"%PDF-" in content[:START_WITHIN]


def read_pdf(content: bytes) -> list[str]:
    """Return the lines of all pages, radicals folded into letters. Raises Unreadable for a locked or broken file."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(content[content.index(b"%PDF-") :]))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(LOCKED)
        pages = [page.extract_text() or "" for page in reader.pages]
    except (
        pypdf.errors.PyPdfError,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        AttributeError,
        TypeError,
    ) as problem:
        raise Unreadable(CUT) from problem
    return [fold_lookalikes(line.rstrip()) for page in pages for line in page.split("\n")]
