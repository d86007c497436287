"""Plans, the schools on their lists, and building projects, which are done only when they are accepted."""
