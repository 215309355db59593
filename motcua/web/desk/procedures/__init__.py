"""The procedure workshop: what a procedure asks, how long, how much, by which form; drafted, compared and published."""
