"""Speech proof 文字起こしの検証: workers are killed while they hear recordings, and what must hold then."""
