"""Labelling new articles: what to ask, in which order, how it is asked, and where the answers go."""
