"""Amity turns the people one person meets into long-term professional friends."""

__version__ = "0.1.0"
