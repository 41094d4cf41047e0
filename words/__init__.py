"""The ground floor of words: dates, Markdown, plain-words check, text cleaning, template tags, the site's own files.

Imports nothing of the rooms above it.
"""
