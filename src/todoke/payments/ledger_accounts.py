"""Ledger accounts 勘定: the codes of the ledger accounts, and one revenue account per 歳入科目."""

RECEIVABLE = "1100"
CASH = "1200"
AGENT = "1300"
BANK = "1400"
DISPUTED = "1500"
OVERPAID = "2100"
SUSPENSE = "2200"
UNREFUNDED = "2300"
POINTS = "2400"
POINTS_OWED = "2500"
POINTS_PAID = "2600"
SHOP_FEES = "2700"
REVENUE = "4"
FEES = "5100"
DIFFERENCE = "5200"
POINT_COST = "5300"

NAMES = {
    RECEIVABLE: "収入未済(調定)",
    CASH: "窓口現金",
    AGENT: "指定納付受託者への未収",
    BANK: "預金",
    DISPUTED: "取消請求(確認中)",
    OVERPAID: "過誤納金",
    SUSPENSE: "仮受金(内容を確認中)",
    UNREFUNDED: "還付未払",
    POINTS: "ポイント未使用",
    POINTS_OWED: "ポイント加盟店への未払",
    POINTS_PAID: "ポイント精算の支払(財務会計から)",
    SHOP_FEES: "ポイント加盟店の手数料(財務会計へ)",
    FEES: "決済手数料",
    DIFFERENCE: "現金過不足",
    POINT_COST: "ポイント事業費",
}


def revenue(code: str) -> str:
    """Return the revenue account of a revenue code 歳入科目."""
    return f"{REVENUE}:{code}"


def name(account: str) -> str:
    """Return the Japanese name of an account."""
    return NAMES.get(account) or f"歳入 {account.removeprefix(REVENUE + ':')}"
