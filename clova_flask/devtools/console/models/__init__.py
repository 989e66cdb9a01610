"""The editor of interaction models: pages, files, builds, and what is kept of them."""
