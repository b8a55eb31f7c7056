"""Look-alikes 部首の字: radicals that print like letters (⽇ ⽉ ⻑ ⺠), which PDF files of browsers hold for them."""

import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺅⺉⺊⺎⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺲⺶⺷⺹⺻⺼⺽⺾⺿⻁⻂⻃⻄⻆⻇⻊⻌⻍⻎⻏⻑⻒⻖⻗⻘⻝⻞⻟⻡⻣⻤⻨⻩⻫⻭⻯⻲",
        "亻刂卜兀巳幺彑彐忄扌攵旡日月歺母民氵氺灬爫丬牛犭王疋目示礻竹糸罒羊羊耂聿肉臼艹艹虎衤覀西角角足辶辶辶阝長長阝雨青食食飠首骨鬼麦黄斉歯竜亀",
        strict=True,
    )
)
_KANGXI = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_LETTERS = str.maketrans(_SUPPLEMENT | _KANGXI)


def fold_lookalikes(text: str) -> str:
    """Return the text with radicals as the letters that they look like, each at the same place; others stay."""
    return text.translate(_LETTERS)
