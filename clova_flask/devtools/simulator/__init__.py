"""A CEK on this machine: it makes signed messages of what is said, and judges what comes back."""
