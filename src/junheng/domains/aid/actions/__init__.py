"""Deeds of student aid: find and confirm, write to families and take their answer, pay, ask schools, book an hour."""
