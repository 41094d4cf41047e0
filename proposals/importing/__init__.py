"""Bringing in petitions from the table that mySociety derived from the UK Parliament's petitions site."""
