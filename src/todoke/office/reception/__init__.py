"""予約の受付: the day sheet of visits and halls, entries by telephone and counter, and holds by staff."""
