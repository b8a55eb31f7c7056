"""Payments 納付・日計: charges, attempts, receipts, the ledger, and the reconciliation of each business day."""
