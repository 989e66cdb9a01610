"""The pizza shop: a menu, orders by voice, and music while you wait."""
