"""Who sent a message: signatures and keys."""
