from datetime import timedelta

from todoke.runtime.rooms import RoomConfig


class PaymentsConfig(RoomConfig):
    name = "todoke.payments"
    verbose_name = "納付・日計"
    permissions = "todoke.payments.permissions"
    periodic = {
        "支払結果の照会": ("todoke.payments.tasks.ask_pending", timedelta(minutes=3)),
        "二重の納付の確認": ("todoke.payments.tasks.tell_overpayments", timedelta(minutes=5)),
    }
