"""The plots: each shows what it is given and says where a person clicked."""
