"""Answer table 回答の表: the answers of many submissions to all versions of a form as one table."""
