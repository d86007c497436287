"""What a phone brings in from the waters: records kept once, photos in pieces, questions instead of verdicts."""
