"""Bookings 予約: time that can be taken once: resources, bookings, waiting lists, lotteries, courses."""
