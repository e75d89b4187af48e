"""What a letter looks like, and what it says in the words of its language."""
