"""Stands in for the database of a process that was given none."""
