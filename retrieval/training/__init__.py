"""How the bundled parameters were made."""
