"""Every dataset as files: written, described, compared with the ones before, and swept."""
