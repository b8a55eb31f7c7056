"""勤怠: the clock, each person's month without a seal, orders, leave, and the close."""
