"""Accounts by the hundred: a workbook of people, their roles and places, previewed and then made all or none."""
