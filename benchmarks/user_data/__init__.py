"""Whether no update of user data is lost, and what one costs, with clients that are killed."""
