"""Posts against the site as its generator built it: is every address there, and which pattern would fit?"""
