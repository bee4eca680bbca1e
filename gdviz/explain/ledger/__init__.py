"""The step as a worked sum, and its points as a table."""
