"""Extensions are talked to, and homes controlled."""
