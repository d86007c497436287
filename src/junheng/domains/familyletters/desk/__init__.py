"""Letters to parents at the desk."""
