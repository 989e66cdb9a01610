"""Make a model from handlers, and handlers from a model."""
