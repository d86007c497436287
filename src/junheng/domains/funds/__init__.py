"""What a school or kindergarten is due per head, and what was paid of it."""
