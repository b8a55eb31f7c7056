"""Inventory rounds 棚卸: departments review their own procedures, on a page or in a workbook."""
