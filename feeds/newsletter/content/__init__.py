"""A post as mail programs can show it."""
