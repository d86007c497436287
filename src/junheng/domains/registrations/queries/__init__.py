"""What is asked about registrations: the sheet of an intake, the rules of a form, keys and codes, what the roll knows."""
