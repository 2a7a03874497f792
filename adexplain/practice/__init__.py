"""Practice: exercises, predictions, and a person's own work, judged."""
