"""Telling the story: moments, the order of acts, and the actions that each act stands for."""
