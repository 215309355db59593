"""Processes: read and played, drawn and edited as a table, proved and tried before they are published."""
