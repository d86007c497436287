"""What is done about a list and its draw, step by step, each step once."""
