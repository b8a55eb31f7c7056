"""Personnel 職員の登録: departments, posts and staff from one table, and the invitations of staff."""
