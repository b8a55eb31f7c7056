"""Journeys of design and steering 設計と推進: forms and offers, meetings and plans."""

from datetime import timedelta

from todoke.japanese.calendar import today
from todoke.proving import service
from todoke.proving.rights import ward
from todoke.proving.rights.journeys.steps import STAFF, Story, found
from todoke.proving.rights.recorded_requests import Scope

MINUTES = "議長 {0}を配布します。\n議長 検証課は、{1}を令和9年3月31日までに整えること。\n係員 承知しました。\n"


def design(story: Story) -> None:
    """A designer changes a form and its offer; a second person confirms before it is published."""
    matter = story.matter("designer", "headquarters")
    steps = story.steps("設計", "designer", matter)
    second = story.steps("設計", "headquarters", matter)
    at = f"/studio/forms/{service.CODE}"
    question = {"what": "question", "label": matter.canary(), "kind": "short_text"}
    steps.post(f"{at}/parts/rest_group/addition/", {**question})
    steps.get(f"{at}/pages/rest/")
    steps.get(f"{at}/publication/")
    steps.file(f"{at}/file/")
    steps.post(f"{at}/review/", {"request": matter.canary()})
    second.post(f"{at}/review/approval/", {"comment": matter.canary()}, others=("designer",))
    steps.post(f"{at}/publication/version/", {"note": matter.canary()})
    number = story.procedures[service.CODE]
    steps.post("/studio/offers/addition/", {"number": number, "code": "proof-new"}, others=("headquarters",))
    times = {"opens_at": "2026-04-01T00:00", "reason": matter.canary()}
    steps.post(f"/studio/offers/{ward.CARD}/schedule/", {**times}, others=("headquarters",))


def steer(story: Story) -> None:
    """Headquarters plan a meeting, bring papers and minutes, accept what was promised, and publish a plan."""
    matter = story.open_matter()
    steps = story.steps("推進", "headquarters", matter)
    body = found(r'name="body"[^>]*>(?:\s*<option[^>]*value=""[^>]*>[^<]*</option>)?\s*<option value="(\d+)"',
                 steps.look("/board/meetings/"))  # fmt: skip
    made = steps.post("/board/meetings/plan/", {"body": body, "held_on": f"{today() + timedelta(days=7)}"})
    at = "/board/meetings/" + found(r"/board/meetings/([\w-]+)/", made)
    steps.post(f"{at}/agenda/", {"kind": "report", "title": matter.canary()})
    paper = ("file", "資料.pdf", service.sample_pdf(matter.canary()))
    given = {"number": "1", "title": matter.canary(), "disclosure": "closed", "closed_reason": matter.canary()}
    steps.post(f"{at}/documents/", {**given}, file=paper)
    steps.get(f"{at}/", scope=Scope.OWN, peers=STAFF)
    steps.file(f"{at}/documents/1/", peers=STAFF)
    steps.post(f"{at}/minutes/", {"text": MINUTES.format(matter.canary(), matter.canary()), "is_confirmed": "on"})
    steps.get(f"{at}/suggestions/")
    steps.get(f"{at}/transcript/", peers=STAFF)
    steps.post(f"{at}/suggestions/1/passing/")
    steps.post("/board/plans/proof-plan/publication/")
    steps.get("/board/plans/proof-plan/", shows="検証の計画", peers=STAFF)
