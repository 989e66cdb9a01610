"""The health of an extension: whether it is alive, and whether it can answer the platform.

Only an extension with ``CLOVA_HEALTH`` imports this.
"""
