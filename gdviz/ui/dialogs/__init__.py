"""Small windows that ask for something; none of them changes anything by itself."""
