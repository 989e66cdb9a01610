"""The vendors' forms: their fields and limits in tables, and what is checked at once."""
