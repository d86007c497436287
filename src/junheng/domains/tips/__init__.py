"""举报: what citizens tell, who told it known to nobody but the one who takes it in, and what came of it."""
