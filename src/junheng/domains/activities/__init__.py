"""What schools did: readings, key days, lessons on drugs and fraud. Recorded once, drawn on by whoever asks."""
