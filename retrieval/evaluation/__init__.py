"""How good readers, answers and summaries are, in the figures that their fields use."""
