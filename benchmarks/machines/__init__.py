"""Two machines behind nginx, with one Redis and one PostgreSQL: what they share, and how fast they are."""
