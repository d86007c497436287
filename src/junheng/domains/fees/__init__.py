"""收费公示: what schools may charge, by which document, and what each has posted for a term."""
