"""From articles to answers: search, reading, aggregation. Knows nothing of Telegram."""
