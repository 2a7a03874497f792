"""Requests and answers: addresses, limits, security, templates, static files."""
