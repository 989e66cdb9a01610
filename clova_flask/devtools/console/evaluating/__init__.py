"""Evaluation: sets of utterances that are kept with an extension, and their runs against its models."""
