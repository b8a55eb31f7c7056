"""Settlement amounts 精算の額: what is paid to a shop and what is carried, in yen; pure."""

from dataclasses import asdict, dataclass

WHOLE = 10_000


@dataclass(frozen=True)
class SettlementAmounts:
    """精算の額: ``payable + carry_out`` is ``gross - cancelled - fee + carry_in`` to the yen; carries are at most 0."""

    gross: int
    cancelled: int
    carry_in: int
    fee: int
    payable: int
    carry_out: int

    @classmethod
    def of(cls, gross: int, cancelled: int, carry_in: int = 0, rate: int = 0) -> "SettlementAmounts":
        """Return what is paid: never below zero; what a shop owes is taken off its next settlement.

        The fee is ``rate`` ten-thousandths of the uses of the whole period, once, rounded down.
        """
        fee = gross * rate // WHOLE
        due = gross - cancelled - fee + carry_in
        return cls(gross, cancelled, carry_in, fee, max(due, 0), min(due, 0))

    def columns(self) -> dict[str, int]:
        """Return the amounts by the names of their columns."""
        return asdict(self)
