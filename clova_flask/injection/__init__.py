"""How the parameters of a handler are filled."""
