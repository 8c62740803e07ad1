"""From what a person typed to the question that was meant: whole, in the articles' spelling, and really a question."""
