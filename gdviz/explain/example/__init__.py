"""The worked example in matrices, page by page."""
