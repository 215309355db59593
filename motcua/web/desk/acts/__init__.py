"""Acts on a dossier, by subject; `table` joins them, `views` draws and makes them."""
