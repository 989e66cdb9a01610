"""Extensions are registered, taken over and filled in, and their connection is tested."""
