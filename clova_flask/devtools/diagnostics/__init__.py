"""What is wrong with an extension."""
