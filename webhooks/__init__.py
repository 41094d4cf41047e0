"""Webhooks: what is public is sent to whoever asked for it, signed, again and again until it arrives."""
