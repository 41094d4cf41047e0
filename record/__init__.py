"""The ground floor: announce(), public entries, hash chain, outbox events. Imports nothing above it."""
