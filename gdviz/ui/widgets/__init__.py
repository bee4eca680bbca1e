"""Small widgets that Qt does not have."""
