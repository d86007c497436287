"""What is asked about letters to parents."""
