"""The gradient doctor: where NaN, infinite and zero derivatives begin, why, and how to fix them."""
