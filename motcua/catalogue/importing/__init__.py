"""Importing the national catalogue: reading records as they come, with what they leave undecided."""
