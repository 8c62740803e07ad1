"""`quotewire eval` and `quotewire bench`: how well the program answers, and how fast."""
