"""The step that comes next, worked out: its points as a table, and the sums that they make."""
