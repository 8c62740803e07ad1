"""Digests: when they are due, what they say, who wants them, and how they are sent."""
