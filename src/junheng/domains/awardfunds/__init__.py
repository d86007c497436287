"""Money that came with titles: what was granted by which document, paid, received, used, and asked back."""
