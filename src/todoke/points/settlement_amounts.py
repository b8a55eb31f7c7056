"""Settlement amounts 精算の額: what is paid to a shop and what is carried, in yen; pure."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class SettlementAmounts:
    """精算の額: ``payable + carry_out`` is ``gross - cancelled + carry_in`` to the yen; carries are zero or below."""

    gross: int
    cancelled: int
    carry_in: int
    payable: int
    carry_out: int

    @classmethod
    def of(cls, gross: int, cancelled: int, carry_in: int = 0) -> "SettlementAmounts":
        """Return what is paid: never below zero; what a shop owes is taken off its next settlement."""
        due = gross - cancelled + carry_in
        return cls(gross, cancelled, carry_in, max(due, 0), min(due, 0))

    def columns(self) -> dict[str, int]:
        """Return the amounts by the names of their columns."""
        return asdict(self)
