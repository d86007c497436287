"""What families answered about after-class service, and who takes which course; no answer is not a no."""
