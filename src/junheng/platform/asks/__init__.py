"""Ask once: what is asked of schools beside the registers, what it costs them, and what they get back for it."""
