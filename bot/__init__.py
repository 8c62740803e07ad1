"""The only package that knows Telegram, the terminal, the environment and the clock."""
