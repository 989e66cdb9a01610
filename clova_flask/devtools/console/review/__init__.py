"""What a review looks at, and a version's way through it."""
