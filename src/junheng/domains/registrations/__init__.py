"""入学报名: what families state and choose, what was shown for it, and what was found when it was checked."""
