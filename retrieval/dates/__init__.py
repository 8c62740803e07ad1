"""The dates that texts tell and that questions ask for, on the calendar as far as they are known."""
