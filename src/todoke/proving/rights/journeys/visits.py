"""Journey of visits 来庁: guests book; the section that receives them opens, notes and calls off, nobody else."""

import re
from html import unescape

from todoke.proving import service
from todoke.proving.rights.journeys.steps import Story, found
from todoke.proving.rights.recorded_requests import Scope

TIME = r'href="(/visits/[\w-]+/booking/\?[^"]+)"'
NUMBER = r"(B\d{10})"
DAY = r"start=(\d{4}-\d\d-\d\d)"


def receive_visits(story: Story) -> None:
    """A clerk reads who comes, notes an arrival and calls a visit off."""
    for act in ("arrival", "calling-off"):
        matter = story.matter("clerk", "chief", "colleague")
        guest, clerk = (story.steps(face, who, matter) for face, who in (("ゲスト", "guest"), ("受付", "clerk")))
        time = unescape(found(TIME, guest.look(f"/visits/{service.VISITED}/?mode=phone&language=")))
        made = guest.silently(time, {"name": matter.canary(), "phone": "03-0000-0000"})
        number, (day,) = found(NUMBER, made), re.findall(DAY, time)
        clerk.get(f"/office/bookings/?day={day}", scope=Scope.OWN, shows=number)
        clerk.get(f"/office/bookings/{number}/")
        clerk.post(f"/office/bookings/{number}/{act}/", {"reason": matter.canary()})
