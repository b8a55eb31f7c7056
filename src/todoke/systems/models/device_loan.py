"""Device loans 貸出: who has a device, from the booking to the check at its return."""

from datetime import date

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import lock_subject, record, subject_of
from todoke.audit.sequences import next_of_year
from todoke.audit.transitions import compare_and_set, stamp_once, transition
from todoke.japanese.calendar import format_date, today
from todoke.organization.models import Department, Tenure
from todoke.organization.permissions import departments_of
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.systems.models.device import Device
from todoke.systems.permissions import READ_DEVICES


class DeviceLoanQuerySet(models.QuerySet["DeviceLoan"]):
    def visible_to(self, user: User) -> "DeviceLoanQuerySet":
        """All where the post says so, else those of the sections that a person reads, and the person's own."""
        if READ_DEVICES.held_by(user):
            return self
        return self.filter(Q(department__in=READ_DEVICES.departments_of(user)) | Q(borrower=user))

    def held_by(self, user: User) -> "DeviceLoanQuerySet":
        """Loans that a person answers for: their own, and those of their section that name nobody."""
        return self.filter(Q(borrower=user) | Q(borrower=None, department__in=departments_of(user)))

    def open(self) -> "DeviceLoanQuerySet":
        """Loans whose device is out (貸出中)."""
        return self.filter(handed_at__isnull=False, returned_at=None, lost_at=None)

    def booked(self) -> "DeviceLoanQuerySet":
        """Loans whose device has not been handed out yet (予約)."""
        return self.filter(handed_at=None, cancelled_at=None)

    def overdue(self, on: date | None = None) -> "DeviceLoanQuerySet":
        """Loans whose device should be back (返却の遅れ)."""
        return self.open().filter(due_on__lt=on or today())

    def of_leavers(self) -> "DeviceLoanQuerySet":
        """Open loans of people whose posts all end, or have ended (離任する職員)."""
        staying = Tenure.objects.filter(ends_on=None).values("user")
        return self.open().filter(borrower__isnull=False).exclude(borrower__in=staying)


class DeviceLoan(models.Model):
    """機器の貸出: a device for a person or a section, for a purpose, until a day."""

    class Condition(models.TextChoices):
        GOOD = "good", "異常なし"
        INCOMPLETE = "incomplete", "付属品が足りない"
        BROKEN = "broken", "壊れている"

    number = models.CharField("貸出番号", max_length=20, unique=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="loans", verbose_name="機器")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部署")
    borrower = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="device_loans", verbose_name="借りる職員"
    )
    purpose = models.CharField("目的", max_length=200)
    starts_on = models.DateField("貸出日")
    due_on = models.DateField("返却の期限")
    handed_at = models.DateTimeField("渡した日時", null=True, blank=True)
    handed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="渡した人"
    )
    accepted_at = models.DateTimeField("受け取った日時", null=True, blank=True)
    announced_at = models.DateTimeField("返却を申し出た日時", null=True, blank=True)
    announced_broken = models.BooleanField("壊れたという申出", default=False)
    announcement = models.CharField("借りた人の説明", max_length=300, blank=True)
    returned_at = models.DateTimeField("返却の日時", null=True, blank=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="返却を確かめた人"
    )
    is_wiped = models.BooleanField("データを消した", null=True, blank=True)
    condition = models.CharField("返却時の状態", max_length=12, choices=Condition.choices, blank=True)
    lost_at = models.DateTimeField("紛失の届の日時", null=True, blank=True)
    cancelled_at = models.DateTimeField("予約を取り消した日時", null=True, blank=True)

    objects = DeviceLoanQuerySet.as_manager()

    class Meta:
        verbose_name = "機器の貸出"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["device"],
                condition=Q(handed_at__isnull=False, returned_at=None, lost_at=None),
                name="systems_one_open_loan_per_device",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="systems_loan_ends_after_it_starts",
                violation_error_message="返却の期限は、貸出日より後の日にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None)
                | (Q(checked_by__isnull=False, is_wiped__isnull=False, handed_at__isnull=False) & ~Q(condition="")),
                name="systems_return_is_checked",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | Q(borrower=None) | ~Q(checked_by=F("borrower")),
                name="systems_return_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=False) | Q(accepted_at=None, announced_at=None, lost_at=None),
                name="systems_only_what_was_handed_out",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    @transaction.atomic
    def book(
        cls, device: Device, *, department: Department, borrower: User | None, purpose: str, starts_on: date,
        due_on: date, by: Actor,
    ) -> "DeviceLoan":  # fmt: skip
        """Book a device for later (予約). Raises Refused for a device that is gone or promised for these days."""
        lock_subject(subject_of(device))
        device.refresh_from_db()
        if device.gone_on is not None:
            raise Refused(f"この機器は「{device.get_status_display()}」なので、貸せません。別の機器を選んでください。")
        if due_on < starts_on:
            raise Refused("返却の期限は、貸出日より後の日にしてください。")
        live = device.loans.filter(returned_at=None, cancelled_at=None, lost_at=None)
        other = live.filter(starts_on__lte=due_on, due_on__gte=starts_on).first()
        if other is not None:
            until = format_date(other.due_on)
            raise Refused(f"この機器は、{until}まで別の予約か貸出があります。別の日か、別の機器を選んでください。")
        loan = cls.objects.create(
            number=next_of_year(cls.objects.all(), starts_on.year), device=device, department=department,
            borrower=borrower, purpose=purpose, starts_on=starts_on, due_on=due_on,
        )  # fmt: skip
        record(loan, "機器の貸出の予約", by=by, after={"機器": device.asset_number, "期限": due_on})
        return loan

    @classmethod
    @transaction.atomic
    def lend(
        cls, device: Device, *, department: Department, borrower: User | None, purpose: str, due_on: date, by: User
    ) -> "DeviceLoan":
        """Lend a device from today on (貸出). Raises Refused and Conflict like ``book`` and ``hand_over``."""
        loan = cls.book(
            device, department=department, borrower=borrower, purpose=purpose, starts_on=today(), due_on=due_on, by=by
        )
        loan.hand_over(by=by)
        return loan

    @transaction.atomic
    def hand_over(self, *, by: User) -> None:
        """Hand the device over (引渡し). Raises Conflict unless it is in stock, or for a loan that is no booking."""
        if not stamp_once(self, "handed_at", read={"cancelled_at": None}, handed_by=by):
            raise Conflict("この予約の機器は、もう渡したか、取り消されています。")
        self.device.refresh_from_db()
        if not transition(self.device, Device.Status.LENT):
            now = self.device.get_status_display()
            raise Conflict(f"この機器は、いま「{now}」なので渡せません。別の機器を選んでください。")
        record(self, "機器の引渡し", by=by, after={"機器": self.device.asset_number})

    @transaction.atomic
    def cancel(self, *, by: Actor) -> None:
        """Cancel a booking (予約の取消し). Raises Conflict once the device was handed over."""
        if not stamp_once(self, "cancelled_at", read={"handed_at": None}):
            raise Conflict("渡した後の貸出は取り消せません。返却を確かめてください。")
        record(self, "機器の予約の取消し", by=by)

    @transaction.atomic
    def accept(self, *, by: User) -> None:
        """Confirm that the device was received (受取り). Raises NotAllowed for others, Conflict when not open."""
        self._require_holder(by)
        if not stamp_once(self, "accepted_at", read={"handed_at__isnull": False, "returned_at": None}):
            raise Conflict("この貸出は、もう受け取ったと記録しています。")
        record(self, "機器の受取り", by=by)

    @transaction.atomic
    def announce_return(self, explanation: str, *, is_broken: bool, by: User) -> None:
        """Say that the device comes back, and what is wrong with it (返却の申出).

        Raises NotAllowed for others, Refused for a broken device without an explanation, Conflict when not open.
        """
        self._require_holder(by)
        if is_broken and not explanation.strip():
            raise Refused("どこがどう壊れたかを書いてください。")
        changes = {"announced_broken": is_broken, "announcement": explanation.strip()}
        still = {"handed_at__isnull": False, "returned_at": None, "lost_at": None}
        if not stamp_once(self, "announced_at", read=still, **changes):
            raise Conflict("この貸出は、もう返却を申し出たか、終わっています。")
        record(self, "機器の返却の申出", by=by, after={"壊れた": is_broken})

    @transaction.atomic
    def take_back(self, *, condition: str, is_wiped: bool, by: User) -> None:
        """Check the device at its return (返却の確認): it goes to stock, or to repair if broken or not wiped.

        Raises NotAllowed for the borrower, Conflict unless the loan is open.
        """
        if by == self.borrower:
            raise NotAllowed("自分が借りた機器の返却は確かめられません。ほかの管理担当に頼んでください。")
        still = {"handed_at__isnull": False, "lost_at": None}
        checked = {"checked_by": user_of(by), "is_wiped": is_wiped, "condition": condition}
        if not stamp_once(self, "returned_at", timezone.now(), read=still, **checked):
            raise Conflict("この貸出は、もう終わっています。")
        self.device.refresh_from_db()
        to = Device.Status.STOCK if is_wiped and condition != self.Condition.BROKEN else Device.Status.REPAIR
        if not transition(self.device, to):
            raise Conflict(f"この機器は、いま「{self.device.get_status_display()}」です。何も変わっていません。")
        record(self, "機器の返却の確認", by=by, after={"状態": condition, "消去": is_wiped, "機器": to})

    def _require_holder(self, by: User) -> None:
        if not DeviceLoan.objects.held_by(by).filter(pk=self.pk).exists():
            raise NotAllowed("この機器を借りている人だけができます。")

    def reschedule(self, due_on: date, *, by: Actor) -> None:
        """Let an open loan end on another day (期限の変更). Raises Refused for a day that is past, Conflict."""
        if due_on < max(self.starts_on, today()):
            raise Refused("返却の期限は、きょうか、より後の日にしてください。")
        with transaction.atomic():
            before = {"期限": self.due_on}
            still = {"returned_at": None, "lost_at": None, "cancelled_at": None, "due_on": self.due_on}
            if not compare_and_set(self, still, due_on=due_on):
                raise Conflict("この貸出は、もう終わっているか、期限が変わっています。")
            record(self, "返却の期限の変更", by=by, before=before, after={"期限": due_on})
