"""Common ground: where people agree across groups that otherwise differ. Never an official vote.

Pure functions over plain rows: no Django, no database. numpy is loaded when it is first used.
"""
