"""The real command as a process, end to end."""
