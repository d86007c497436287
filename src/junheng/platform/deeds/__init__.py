"""Deeds: what people do about a row beyond editing it, each declared once by its room and offered on the row's page."""
