"""Other site generators: what the configuration of a site made with one of them says about its posts.

Nothing of it is run, and nothing is fetched: programs that serve as configuration are read as text.
"""
