"""The deeds of a registration: drafts, photos, sending, changing, withdrawing; and writing many of them at once."""
