"""Booking proof 予約の検証: residents who book, pay, cancel and wait while they are killed, and what must hold then."""
