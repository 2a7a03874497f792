"""Practice: exercises, worksheets, predicting steps of a trace, and marking a student's work."""
