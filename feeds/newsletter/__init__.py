"""The newsletter: a post chosen as an issue, composed into a letter, and written in the formats asked for."""
