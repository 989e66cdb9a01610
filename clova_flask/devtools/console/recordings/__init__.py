"""Recordings of real traffic are read, and sent again."""
