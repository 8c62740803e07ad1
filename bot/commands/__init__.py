"""The commands of `quotewire` beyond the first ones in `bot.cli`, and how each of them ends."""
