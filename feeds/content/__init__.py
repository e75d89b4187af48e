"""Content files → sources: what is in the content folder, and what each file and its path say."""
