"""What an officer fills in for each act, by subject."""
