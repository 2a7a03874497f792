"""Read a typed derivation into statements that know their place in the text."""
