"""A link from the consent to the token, by clients that others wrote."""
