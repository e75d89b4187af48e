"""The newsletter: a post chosen as an issue, composed into a letter, written in every format it is asked for."""
