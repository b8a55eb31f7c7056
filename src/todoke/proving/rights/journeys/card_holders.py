"""Journeys of card holders カードの人: guests who show a card at a provider, apply, take the letter, and withdraw."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from todoke.federation.provider_simulator.fictional_people import PEOPLE
from todoke.federation.provider_simulator.simulated_provider import SimulatedProvider
from todoke.proving.browser import FetchedPage
from todoke.proving.rights import ward
from todoke.proving.rights.journeys.residents import fill_in
from todoke.proving.rights.journeys.steps import Received, Steps, Story, answers, found
from todoke.proving.rights.recorded_requests import Success
from todoke.proving.synthetic_users.resident import UnexpectedAnswer

OTHERS = ("other-card",)


def show_card(
    steps: Steps, provider: SimulatedProvider, back: str, person: str, *, replays: bool = True
) -> FetchedPage:
    """Go to the provider for the page at ``back``, show a card, and come back, which others try first.

    Raises UnexpectedAnswer.
    """
    page = steps.silently("/sign-in/card/identification/", {"next": back})
    address = page.headers.get("refresh", "").partition("url=")[2]
    if not address:
        raise UnexpectedAnswer(f"認証元へ移りません {page.status} {page.path}")
    asked = dict(parse_qsl(urlsplit(address).query))
    given = urlencode(provider.authorize(asked, PEOPLE[person]))
    path = f"{urlsplit(asked['redirect_uri']).path}?{given}"
    return steps.get(path, success=Success.ROWS, once=True, others=OTHERS) if replays else steps.look(path)


def enter_other(story: Story, provider: SimulatedProvider) -> None:
    """Somebody else shows a card of their own, for an application of their own."""
    steps = story.steps("カード", OTHERS[0], story.matter(OTHERS[0]))
    show_card(steps, provider, f"/procedures/{story.procedures[ward.CARD]}/start/", "takasaki", replays=False)


def apply_with_card(story: Story, provider: SimulatedProvider) -> None:
    """A guest with a card applies, writes, and looks at the case."""
    matter = story.matter("cardholder", "clerk", "chief", "colleague")
    steps = story.steps("カード", "cardholder", matter)
    begun = show_card(steps, provider, f"/procedures/{story.procedures[ward.CARD]}/start/", "hanako")
    number = fill_in(steps, found(r"/applications/([\w-]+)/", begun), card=True, others=OTHERS)
    story.received["card"] = Received(number, steps.flagged, matter)
    steps.post(f"/cases/{number}/message/", {"text": matter.canary()}, others=OTHERS)
    steps.get(f"/cases/{number}/", others=OTHERS)


def take_letter_with_card(story: Story, provider: SimulatedProvider) -> None:
    """The same guest shows the card once more and takes the letter of the decision."""
    got = story.received["card"]
    steps, at = story.steps("カード", "cardholder", got.matter), f"/cases/{got.number}/"
    show_card(steps, provider, at, "hanako")
    page = steps.get(at, others=OTHERS)
    steps.file(found(r'href="(/cases/[^"]+/letters/[^"]+)"', page), others=OTHERS)


def withdraw_with_card(story: Story, provider: SimulatedProvider) -> None:
    """The same guest applies once more, without a replay, and withdraws."""
    matter = story.matter("cardholder")
    steps = story.steps("カード", "cardholder", matter)
    start = f"/procedures/{story.procedures[ward.CARD]}/start/"
    draft = found(r"/applications/([\w-]+)/", show_card(steps, provider, start, "hanako", replays=False))
    for page, fields in answers(matter).items():
        steps.silently(f"/applications/{draft}/pages/{page}/answers/", {**fields, "go": "next"})
    number = found(r'class="receipt-number"[^>]*>\s*([0-9A-Z-]+)',
                   steps.silently(f"/applications/{draft}/submission/", {"seen": ""}))  # fmt: skip
    steps.get(f"/applications/{draft}/receipt/", shows=number, others=OTHERS)
    given = {"reason": matter.canary()}
    steps.post(f"/cases/{number}/withdrawal/", given, card=True, fresh=True, others=OTHERS)
