"""/office/devices/ and /office/my-devices/: the register, loans, use, losses, stocktakes; and one's own."""

from django.urls import path

from todoke.office.devices.views import devices, loans, losses, my_devices, stocktakes, usage

ASSET = "devices/<str:asset_number>"
LOAN = "devices/loans/<str:number>"

urlpatterns = [
    path("my-devices/", my_devices.index, name="my-devices"),
    path("my-devices/<str:number>/acceptance/", my_devices.acceptance, name="my-device-acceptance"),
    path("my-devices/<str:number>/return/", my_devices.return_, name="my-device-return"),
    path("my-devices/<str:number>/use/", my_devices.use, name="my-device-use"),
    path("my-devices/<str:number>/loss/", my_devices.loss, name="my-device-loss"),
    path("devices/", devices.index, name="devices"),
    path("devices/registration/", devices.registration, name="device-registration"),
    path("devices/distribution.pdf", devices.distribution, name="device-distribution"),
    path("devices/usage/", usage.index, name="device-usage"),
    path("devices/usage/connections/", usage.connections, name="device-connections"),
    path("devices/loans/", loans.index, name="device-loans"),
    path(f"{LOAN}/", loans.show, name="device-loan"),
    path(f"{LOAN}/hand-over/", loans.hand_over, name="device-loan-hand-over"),
    path(f"{LOAN}/cancellation/", loans.cancellation, name="device-loan-cancellation"),
    path(f"{LOAN}/due-day/", loans.due_day, name="device-loan-due-day"),
    path(f"{LOAN}/check/", loans.check, name="device-loan-check"),
    path("devices/losses/", losses.index, name="device-losses"),
    path("devices/losses/<str:number>/", losses.show, name="device-loss"),
    path("devices/losses/<str:number>/wipe/", losses.wipe, name="device-loss-wipe"),
    path("devices/losses/<str:number>/police/", losses.police, name="device-loss-police"),
    path("devices/stocktakes/", stocktakes.index, name="stocktakes"),
    path("devices/stocktakes/opening/", stocktakes.opening, name="stocktakes-opening"),
    path("devices/stocktakes/<str:number>/", stocktakes.show, name="stocktake"),
    path("devices/stocktakes/<str:number>/sighting/", stocktakes.sighting, name="stocktake-sighting"),
    path("devices/stocktakes/<str:number>/closing/", stocktakes.closing, name="stocktake-closing"),
    path(f"{ASSET}/", devices.show, name="device"),
    path(f"{ASSET}/loan/", devices.loan, name="device-lending"),
    path(f"{ASSET}/loss/", devices.loss, name="device-loss-filing"),
    path(f"{ASSET}/repair/", devices.repair, name="device-repair"),
    path(f"{ASSET}/mending/", devices.mending, name="device-mending"),
    path(f"{ASSET}/recovery/", devices.recovery, name="device-recovery"),
    path(f"{ASSET}/retirement/", devices.retirement, name="device-retirement"),
]
