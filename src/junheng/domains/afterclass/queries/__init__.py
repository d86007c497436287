"""Questions about after-class service: who needs it and has no place, what is full, and whose child somebody's is."""
