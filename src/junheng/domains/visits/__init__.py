"""Drawn samples, teams without ties, visits that nobody is told of, and the draw that anybody recounts."""
