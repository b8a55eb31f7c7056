"""Month proof 勤怠の締めの検証: people who confirm, approve, correct, close and reopen while they are killed."""
