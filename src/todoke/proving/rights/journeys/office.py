"""Journeys of the rest of the office 内部事務: records, money of the day, organization, and who watches over them."""

import re
from datetime import timedelta

from todoke.japanese.calendar import today
from todoke.proving.rights import ward
from todoke.proving.rights.canaries import canaries_in
from todoke.proving.rights.journeys.casework import PROPOSAL, SECTION, SEEN
from todoke.proving.rights.journeys.steps import Story, found
from todoke.proving.rights.recorded_requests import Scope

WATCHERS = ("auditor",)
FINDING = re.compile(r'name="difference" value="([^"]+)">\s*<input type="hidden" name="reference" value="([^"]+)"')
CODE = r"/office/records/disposals/(\w+)/carrying-out/"


def keep_records(story: Story) -> None:
    """A clerk holds, extends and copies the file of a decided case; whoever may read it may not alter it.

    A protective flag closes the copy until the name is withheld.
    """
    got = story.received["guest"]
    steps, at = story.steps("文書", "clerk", got.matter, got.name), f"/office/records/{got.number}/"
    steps.get("/office/records/", scope=Scope.OWN, shows=got.number)
    steps.get(at)
    said = {"reason": got.matter.canary()}
    steps.post(f"{at}hold/", {**said}, others=WATCHERS)
    steps.post(f"{at}lifting/", others=WATCHERS)
    steps.post(f"{at}extension/", {"years": "1", **said}, others=WATCHERS)
    copy = f"{at}disclosure/"
    steps.file(copy, flagged=True)
    withheld = {"document": "1", "words": min(canaries_in(got.name)), "ground": "personal"}
    steps.post(f"{at}passage/", {**withheld}, others=WATCHERS)
    steps.file(copy)
    steps.get("/office/records/export/?kind=csv", scope=Scope.OWN, shows=got.number)


def dispose(story: Story) -> None:
    """The clerk lists an expired file, the chief approves, and the clerk carries it out."""
    got = story.received["agent"]
    clerk, chief = (story.steps("文書", who, got.matter, got.name) for who in ("clerk", "chief"))
    story.facts.ask("expire", number=got.number)
    page = clerk.look("/office/records/?view=expired")
    route = found(r'name="route"[^>]*>(?:\s*<option[^>]*value=""[^>]*>[^<]*</option>)?\s*<option value="(\d+)"', page)
    clerk.post("/office/records/disposal/", {"number": [got.number], "kind": "destroy", "route": route},
               peers=SECTION, others=WATCHERS)  # fmt: skip
    proposal = f"/office/proposals/{found(PROPOSAL, chief.look('/office/proposals/'))}/"
    seen = found(SEEN, chief.look(proposal))
    chief.post(f"{proposal}approval/", {"seen": seen, "opinion": ""})
    story.facts.ask("work_off")
    code = found(CODE, clerk.look("/office/records/disposals/"))
    clerk.post(f"/office/records/disposals/{code}/carrying-out/", peers=SECTION, others=WATCHERS)


def close_day(story: Story) -> None:
    """A treasurer matches the day, settles its differences and signs; a second one signs after."""
    first, second = (story.steps("会計", who, story.matter()) for who in ("treasurer", "treasurer2"))
    at = f"/office/payments/{today()}/"
    peers = frozenset({second.person.email, first.person.email})
    first.post(f"{at}matching/", peers=peers)
    differences = dict.fromkeys(FINDING.findall(first.get(at, shows="99-99-99", peers=peers).text))
    one, *rest = [{"difference": difference, "reference": reference} for difference, reference in differences]
    first.post(f"{at}explanation/", {**one, "explanation": "確かめて持ち越す。"}, peers=peers)
    for each in rest:
        first.post(f"{at}remedy/", each, peers=peers)
    first.post(f"{at}preparation/", peers=peers)
    second.post(f"{at}signature/", peers=peers)
    for name in ("sheet.csv", "sheet.pdf"):
        first.file(f"{at}{name}", peers=peers)
    first.get("/office/payments/items/", shows="未済", peers=peers)


def watch(story: Story) -> None:
    """The auditor reads who took which data away."""
    steps = story.steps("監査", "auditor", story.matter())
    steps.get("/office/data-exports/", shows="検証 係員", peers=frozenset({"システム管理担当"}))
    steps.file("/office/data-exports/export/?kind=csv", peers=frozenset({"システム管理担当"}))


def appoint(story: Story) -> None:
    """The administrator registers a department, a post and its holder, and ends the tenure."""
    matter, day = story.open_matter(), today()
    steps, at = story.steps("運用", "administrator", matter), "/office/organization/"
    steps.post(f"{at}registration/", {"code": "9600", "name": matter.canary()})
    title = matter.canary()
    steps.post(f"{at}9600/post/", {"title": title, "role": "clerk"})
    held = {"email": ward.COLLEAGUE, "starts_on": f"{day}"}
    steps.post(f"{at}9600/{title}/appointment/", {**held})
    steps.post(f"{at}9600/{title}/leaving/", {**held, "ends_on": f"{day + timedelta(days=1)}"})
