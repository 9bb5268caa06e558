"""Measures everything that the project promises about speed, and writes it as Markdown."""
