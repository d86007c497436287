"""Rights over registrations, and what follows from what was found."""
