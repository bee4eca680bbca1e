"""All words on the window, by where they stand."""
