"""予約のページ: visits, halls, draws and one's own bookings, for whoever comes; nothing of any other person."""
