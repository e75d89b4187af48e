"""Channels written down: one file per format, and the two lists of everything that can be subscribed to.

A builder turns plain values into bytes and does nothing else. `feeds.formats` imports it when it is needed.
"""
