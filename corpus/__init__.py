"""Knows articles: reading, cleaning, cataloguing. Knows nothing of search or Telegram."""
