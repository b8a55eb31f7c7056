"""Inventory rounds 棚卸: sections answer for their procedures, on a page or in a workbook."""
