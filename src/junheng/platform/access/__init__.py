"""Access: who somebody is, which roles they hold over which area or institution, and what they see by that."""
