"""Measurements on public data, and what makes that data ready for them; nothing of it ships."""
