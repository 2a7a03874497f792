"""Independent ways to the derivative, and the verdict that weighs them."""
