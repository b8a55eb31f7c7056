"""The lists of this face by name 一覧の名簿, whose views people may save."""

from todoke.lists.saved_views import by_name
from todoke.office.approvals.procurement_list import ProcurementList
from todoke.office.approvals.proposal_list import ProposalList
from todoke.office.approvals.route_list import RouteList
from todoke.office.casework.case_list import CaseList
from todoke.office.correspondence.held_mail_list import HeldMailList
from todoke.office.correspondence.opinion_list import OpinionList
from todoke.office.inventory.list_names import INVENTORY
from todoke.office.money.point_program_list import PointProgramList
from todoke.office.records.classification_list import ClassificationList
from todoke.office.records.file_list import RecordFileList

LISTS = INVENTORY | by_name(
    CaseList,
    ClassificationList,
    HeldMailList,
    OpinionList,
    PointProgramList,
    ProcurementList,
    ProposalList,
    RecordFileList,
    RouteList,
)
