"""Mailed links of the continuity (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

PAPER_FORM = StandingAddress(
    page="portal:procedure",
    title="紙の様式の案内",
    reason="紙はいつまでも手もとに残る",
    may="だれでも開ける手続の案内が開くだけ",
)
