"""Journeys of residents 住民: an account with a second factor, and a guest with a mailed code."""

from typing import Any

from todoke.proving import service
from todoke.proving.browser import Browser
from todoke.proving.rights import ward
from todoke.proving.rights.canaries import Matter
from todoke.proving.rights.journeys.steps import Received, Steps, Story, answers, found
from todoke.proving.rights.recorded_requests import Fields, Scope

PAPERS = ("agent_mandate", "agent_identity")
NUMBER = r'class="receipt-number"[^>]*>\s*([0-9A-Z-]+)'


def fill_in(steps: Steps, draft: str, **terms: Any) -> str:
    """Fill in every page, attach a paper, look at everything again and send; return the receipt number.

    ``terms`` are those of each request (``RecordedRequest``).
    """
    typed, at = answers(steps.matter), f"/applications/{draft}"
    for page, fields in typed.items():
        steps.post(f"{at}/pages/{page}/answers/", {**fields, "go": "next"}, **terms)
        steps.get(f"{at}/pages/{page}/", **terms)
    steps.flagged = f"{typed['person']['applicant__family']}{typed['person']['applicant__given']}"
    steps.post(f"{at}/pages/rest/draft/", {**typed["rest"], "remark": steps.matter.canary()}, **terms)
    attach(steps, f"{at}/pages/rest/answers/", typed["rest"], **terms)
    steps.get(f"{at}/check/", **terms)
    steps.get(f"{at}/later/", **terms)
    sent = steps.post(f"{at}/submission/", {"seen": ""}, **terms, fresh=bool(terms.get("card")))
    return found(NUMBER, sent)


def attach(steps: Steps, path: str, fields: Fields, **terms: Any) -> None:
    paper = ("paper", "書類.pdf", service.sample_pdf(steps.matter.canary()))
    steps.post(path, {**fields, "attach": "paper"}, file=paper, **terms)


def apply_with_account(story: Story) -> None:
    """A person whose documents were seen and who uses an app applies to a service that asks for a card."""
    matter = Matter(1, made=1)
    steps = story.steps("住民", "resident", matter)
    begun = steps.post(f"/procedures/{story.procedures[ward.CARD]}/application/", strong=True)
    number = fill_in(steps, found(r"/applications/([\w-]+)/", begun), strong=True)
    story.received["account"] = Received(number, steps.flagged, matter)
    steps.post(f"/cases/{number}/message/", {"text": matter.canary()})
    steps.get(f"/cases/{number}/")
    steps.get("/me/", scope=Scope.OWN, shows=number)


def correct(story: Story) -> None:
    """The same person answers a correction request."""
    got = story.received["account"]
    steps = story.steps("住民", "resident", got.matter)
    asked = steps.get(f"/cases/{got.number}/correction/", strong=True)
    name = found(r'name="(nickname[^"]*)"', asked)
    steps.post(f"/cases/{got.number}/correction/answers/", {name: got.matter.canary(), "send": "1"}, strong=True)


def pay(story: Story, provider: int) -> None:
    """The same person pays at the provider, whose server listens at a port, and takes the receipt."""
    got = story.received["account"]
    steps = story.steps("住民", "resident", got.matter)
    at = "/payments/" + found(r'href="/payments/([\w-]+)/"', steps.look(f"/cases/{got.number}/"))
    steps.file(f"{at}/slip.pdf", strong=True)
    there = steps.post(f"{at}/attempt/", {"method": "card"}, strong=True)
    Browser(provider).post(there.path, {"outcome": "captured"}, follow=False)
    story.facts.ask("await_payment_notice")
    steps.file(f"{at}/receipt.pdf", strong=True)


def take_letter(story: Story) -> None:
    """The same person takes the letter of the decision."""
    got = story.received["account"]
    steps = story.steps("住民", "resident", got.matter)
    page = steps.get(f"/cases/{got.number}/")
    steps.file(found(r'href="(/cases/[^"]+/letters/[^"]+)"', page), strong=True)


def withdraw(story: Story) -> None:
    """The same person applies once more and withdraws."""
    matter = Matter(1, made=500)
    steps = story.steps("住民", "resident", matter)
    draft, number = _second_application(steps, story.procedures[ward.CARD])
    steps.get(f"/applications/{draft}/receipt/", shows=number)
    steps.get(f"/cases/{number}/withdraw/", shows='name="reason"', strong=True)
    steps.post(f"/cases/{number}/withdrawal/", {"reason": matter.canary()}, strong=True)


def _second_application(steps: Steps, procedure: str) -> tuple[str, str]:
    """Apply without a replay: the same requests were replayed before."""
    begun = steps.silently(f"/procedures/{procedure}/application/")
    draft = found(r"/applications/([\w-]+)/", begun)
    for page, fields in answers(steps.matter).items():
        steps.silently(f"/applications/{draft}/pages/{page}/answers/", {**fields, "go": "next"})
    return draft, found(NUMBER, steps.silently(f"/applications/{draft}/submission/", {"seen": ""}))


def apply_as_guest(story: Story) -> None:
    """A person without an account applies, looks at the case, and asks for a code to come back with."""
    matter = story.matter("guest", "clerk", "chief", "colleague")
    steps = story.steps("ゲスト", "guest", matter)
    begun = steps.post(f"/procedures/{story.procedures[service.CODE]}/application/", scope=Scope.OWN)
    number = fill_in(steps, found(r"/applications/([\w-]+)/", begun), strong=False)
    story.received["guest"] = Received(number, steps.flagged, matter)
    steps.post(f"/cases/{number}/message/", {"text": matter.canary()})
    steps.get(f"/cases/{number}/")


def apply_by_agent(story: Story) -> None:
    """Somebody applies for another person from a browser without an account."""
    matter = story.matter("agent", "clerk", "chief", "colleague")
    steps = story.steps("代理", "agent", matter)
    said = {"kind": "mandate", "name": matter.canary(), "relation": "子", "authority": "委任状", "agreed": "on"}
    at = f"/procedures/{story.procedures[service.CODE]}/agent/"
    begun = steps.post(f"{at}application/", {**said}, scope=Scope.OWN)
    draft = found(r"/applications/([\w-]+)/", begun)
    for paper in PAPERS:
        file = (paper, "書類.pdf", service.sample_pdf(matter.canary()))
        steps.post(f"/applications/{draft}/pages/agent_papers/answers/", {"attach": paper}, file=file)
    number = fill_in(steps, draft, strong=False)
    story.received["agent"] = Received(number, steps.flagged, matter)


def leave(story: Story) -> None:
    """A guest leaves a draft at a terminal; whoever comes next has the browser."""
    matter = story.matter()
    steps = story.steps("ゲスト", "leaver", matter)
    begun = steps.silently(f"/procedures/{story.procedures[service.CODE]}/application/")
    draft = found(r"/applications/([\w-]+)/", begun)
    typed = answers(matter)["person"]
    steps.post(f"/applications/{draft}/pages/person/answers/", {**typed, "go": "next"})
    steps.get(f"/applications/{draft}/pages/person/")
    steps.after("離れた後", lambda: steps.silently("/leave/"))
