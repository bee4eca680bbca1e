"""The derivations: two chapters of pages, from the cost to the update."""
