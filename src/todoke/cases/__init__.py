"""Cases 案件: applications from receipt to decision, letter and record."""
