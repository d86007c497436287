"""What families see: their letter, an application of their own, and hours at the loan counter."""
