"""What is asked about projects: how they stand, and sums by county."""
