"""Which row of the function each row of a derivation is, and the numbers behind both."""
