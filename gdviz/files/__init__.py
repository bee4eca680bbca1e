"""Files: CSV tables, bundled data sets, sessions and autosave. No widgets."""
