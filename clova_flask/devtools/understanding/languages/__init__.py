"""Each language of the understanding as a package of its own, and the grammar that languages share."""
