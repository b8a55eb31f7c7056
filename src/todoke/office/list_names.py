"""The lists of this face by name 一覧の名簿, whose views people may save."""

from todoke.lists.saved_views import by_name
from todoke.office.answers.answer_import_list import AnswerImportList
from todoke.office.answers.answer_list import AnswerFormList, AnswerList
from todoke.office.answers.export_list import AnswerExportList
from todoke.office.approvals.absence_lists import AbsenceList, DelegationList, DeputyList
from todoke.office.approvals.procurement_list import ProcurementList
from todoke.office.approvals.proposal_list import ProposalList
from todoke.office.approvals.route_list import RouteList
from todoke.office.attendance.attendance_lists import (
    CorrectionList,
    LeaveList,
    MonthCloseList,
    OrderList,
    TimesheetList,
)
from todoke.office.casework.case_list import CaseList
from todoke.office.casework.letter_lists import LetterBatchList, LetterList
from todoke.office.casework.reconfirmation_lists import ReconfirmationList, ReconfirmationRoundList
from todoke.office.correspondence.broadcast_list import BroadcastList
from todoke.office.correspondence.channel_post_list import ChannelPostList
from todoke.office.correspondence.file_link_list import FileLinkList
from todoke.office.correspondence.flag_list import StopFlagList
from todoke.office.correspondence.held_mail_list import HeldMailList
from todoke.office.correspondence.opinion_list import OpinionList
from todoke.office.devices.device_lists import DeviceList, DeviceLoanList, LossReportList, StocktakeList
from todoke.office.inquiries.contact_list import ContactList
from todoke.office.inquiries.faq_list import FaqList
from todoke.office.inquiries.gap_list import ContentGapList
from todoke.office.inquiries.place_list import PlaceList
from todoke.office.inventory.list_names import INVENTORY
from todoke.office.money.attempt_list import AttemptList
from todoke.office.money.day_close_list import DayCloseList
from todoke.office.money.open_item_list import OpenItemList
from todoke.office.money.overpayment_list import OverpaymentList
from todoke.office.organization.staff_list import StaffList
from todoke.office.partners.national_application_list import NationalApplicationList
from todoke.office.partners.parcel_list import ParcelList
from todoke.office.partners.partner_list import PartnerList
from todoke.office.points.merchant_list import MerchantList
from todoke.office.points.point_grant_list import PointGrantList
from todoke.office.points.point_program_list import PointProgramList
from todoke.office.points.settlement_list import SettlementList
from todoke.office.reception.closure_list import ClosureList
from todoke.office.reception.course_list import CourseList
from todoke.office.reception.lottery_list import LotteryList
from todoke.office.reception.manual_notice_list import ManualNoticeList
from todoke.office.reception.registrant_list import RegistrantList
from todoke.office.records.classification_list import ClassificationList
from todoke.office.records.data_export_list import DataExportList
from todoke.office.records.disposal_list import DisposalList
from todoke.office.records.file_list import RecordFileList
from todoke.office.scans.scan_lists import ScanBatchList
from todoke.office.selection.selection_lists import ApplicantChildList, SelectionRoundList
from todoke.office.telework.telework_lists import SectionTaskList, TeleworkDayList
from todoke.office.training.training_lists import DigitalHelperList, HelpSessionList, StaffCourseList
from todoke.office.voices.consultation_lists import CommentReceiptList, ConsultationList, PublicCommentList

LISTS = INVENTORY | by_name(
    AbsenceList,
    AnswerExportList,
    AnswerFormList,
    AnswerImportList,
    AnswerList,
    ApplicantChildList,
    BroadcastList,
    AttemptList,
    CaseList,
    ChannelPostList,
    ClassificationList,
    CommentReceiptList,
    CorrectionList,
    ConsultationList,
    PublicCommentList,
    ClosureList,
    ContactList,
    ContentGapList,
    CourseList,
    DataExportList,
    DayCloseList,
    DelegationList,
    DeputyList,
    DigitalHelperList,
    DeviceList,
    DeviceLoanList,
    DisposalList,
    FaqList,
    FileLinkList,
    HeldMailList,
    HelpSessionList,
    LeaveList,
    LetterBatchList,
    LetterList,
    LossReportList,
    LotteryList,
    ManualNoticeList,
    MerchantList,
    NationalApplicationList,
    MonthCloseList,
    OpenItemList,
    OpinionList,
    ParcelList,
    OrderList,
    PartnerList,
    PointGrantList,
    OverpaymentList,
    PointProgramList,
    ProcurementList,
    PlaceList,
    ProposalList,
    ReconfirmationList,
    ReconfirmationRoundList,
    RecordFileList,
    RegistrantList,
    RouteList,
    ScanBatchList,
    SectionTaskList,
    StaffCourseList,
    StaffList,
    StocktakeList,
    StopFlagList,
    SelectionRoundList,
    SettlementList,
    TeleworkDayList,
    TimesheetList,
)
