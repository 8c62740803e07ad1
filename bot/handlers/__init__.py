"""What happens on an update: who is heard, what is asked, what is said. Handlers parse, call, render and send, no more."""
