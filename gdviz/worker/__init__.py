"""The background thread: the core's descent behind a Qt event loop. No widgets."""
