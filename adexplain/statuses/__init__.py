"""What may be doubted about a row or a partial, and derivatives from one side."""
