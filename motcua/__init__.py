"""motcua: the one-stop system of a Vietnamese province."""
