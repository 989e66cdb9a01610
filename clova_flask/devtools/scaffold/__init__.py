"""A model from handlers, and handlers from a model."""
