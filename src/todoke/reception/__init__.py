"""Reception 受付: visits and facility uses, where booked time meets money and mail."""
