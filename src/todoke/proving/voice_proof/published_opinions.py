"""Published opinions 公表した意見: an opinion with words to be masked is published, and everything public is read."""

from collections.abc import Iterator

from todoke.accounts.models import User
from todoke.proving import service
from todoke.proving.browser import Browser
from todoke.proving.installation import Installation
from todoke.proving.synthetic_users.leak_detector import pdf_text
from todoke.proving.voice_proof.opinion_visitor import Opinion
from todoke.proving.voice_proof.synthetic_consultation import publish_masked

MASKED, SHOWN = "zq91n0001z", "zq92n0001z"
"""Words of one opinion: one is masked before the publication, the other is published."""


def write_opinion(port: int, my_number: str) -> Opinion:
    """Send an opinion with a My Number, words to be masked and words to be published. Raises NoAnswer."""
    opinion = Opinion("zq93n0001z", Browser(port, "127.0.124.1"))
    opinion.text = f"私は{MASKED}です。番号は{my_number}です。{SHOWN}を増やしてください。"
    opinion.begin()
    opinion.send()
    return opinion


def publish() -> None:
    """Mask the words and publish the result, inside the installation of the proof."""
    clerk, chief = (User.objects.get(email=email) for email in (service.CLERK, service.CHIEFS[0]))
    publish_masked(MASKED, clerk, chief)


def public_pages(installation: Installation, opinion: Opinion) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of everything public about the call, as a stranger gets it."""
    stranger, base = Browser(installation.port, "127.0.125.1"), f"/consultations/{opinion.call}/"
    for path in ("/consultations/", base, f"{base}result/", f"{base}table/", "/consultations/feed.rss", "/voices/",
                 opinion.receipt):  # fmt: skip
        answer = stranger.get(path)
        is_pdf = answer.headers.get("content-type", "").startswith("application/pdf")
        yield f"公開ページ {path}", pdf_text(answer.body).encode() if is_pdf else answer.body
