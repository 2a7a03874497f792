"""Statuses of rows and partials (kink, jump, overflow, …), and one-sided derivatives."""
