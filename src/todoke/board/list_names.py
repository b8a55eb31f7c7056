"""The lists of this face by name 一覧の名簿, whose views people may save."""

from todoke.board.evidence.dataset_list import DatasetList
from todoke.board.evidence.study_list import StudyList
from todoke.board.evidence.table_list import TableList
from todoke.board.meeting_lists import CommitmentList, MeetingList, PlanList
from todoke.board.peer_list import PeerList
from todoke.board.rate_lists import CashlessList, CompletenessList, RateList
from todoke.board.roadmap_lists import RoadmapItemList, RoadmapList
from todoke.board.standard_task_list import StandardTaskList
from todoke.board.system_lists import ChangeList, IncidentList, IncidentNoticeList, SystemList
from todoke.lists.saved_views import by_name

FIGURES = by_name(CashlessList, CompletenessList, PeerList, RateList, RoadmapItemList, RoadmapList)
LISTS = FIGURES | by_name(
    ChangeList,
    CommitmentList,
    DatasetList,
    IncidentList,
    IncidentNoticeList,
    MeetingList,
    PlanList,
    StandardTaskList,
    StudyList,
    TableList,
    SystemList,
)
