"""Point models ポイント: who may have points, who holds them, where they were used, and what the shops are paid."""

from todoke.points.models.eligible_import import EligibleImport
from todoke.points.models.eligible_person import EligiblePerson
from todoke.points.models.fraud_alert import FraudAlert
from todoke.points.models.merchant import Merchant
from todoke.points.models.merchant_settlement import MerchantSettlement
from todoke.points.models.payment_code import PaymentCode
from todoke.points.models.point_card import PointCard
from todoke.points.models.point_grant import PointGrant
from todoke.points.models.point_holder import PointHolder
from todoke.points.models.point_program import AlreadyGranted, ExcludedCategory, PointProgram
from todoke.points.models.redemption import Redemption, RedemptionPart
from todoke.points.models.settlement_fee_rule import SettlementFeeRule

__all__ = [
    "AlreadyGranted",
    "EligibleImport",
    "EligiblePerson",
    "ExcludedCategory",
    "FraudAlert",
    "Merchant",
    "MerchantSettlement",
    "PaymentCode",
    "PointCard",
    "PointGrant",
    "PointHolder",
    "PointProgram",
    "Redemption",
    "RedemptionPart",
    "SettlementFeeRule",
]
