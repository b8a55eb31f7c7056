"""The lists of this face by name 一覧の名簿, whose views people may save."""

from todoke.board.meeting_lists import CommitmentList, MeetingList, PlanList
from todoke.board.system_lists import ChangeList, IncidentList, SystemList
from todoke.lists.saved_views import by_name

LISTS = by_name(ChangeList, CommitmentList, IncidentList, MeetingList, PlanList, SystemList)
