"""案件: applications travelling from receipt to decision."""
