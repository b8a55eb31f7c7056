"""The lists of the inventory by name 台帳の一覧の名簿, whose views people may save."""

from todoke.lists.saved_views import by_name
from todoke.office.inventory.duplicate_list import DuplicateList
from todoke.office.inventory.import_list import ImportList
from todoke.office.inventory.judgement_list import JudgementList
from todoke.office.inventory.listing_request_list import ListingRequestList
from todoke.office.inventory.procedure_list import ProcedureList
from todoke.office.inventory.review_list import ReviewList
from todoke.office.inventory.round_list import RoundList
from todoke.office.inventory.unsettled_list import UnsettledList
from todoke.office.inventory.year_list import DepartmentVolumeList

INVENTORY = by_name(
    DepartmentVolumeList,
    ImportList,
    JudgementList,
    ListingRequestList,
    ProcedureList,
    DuplicateList,
    ReviewList,
    RoundList,
    UnsettledList,
)
