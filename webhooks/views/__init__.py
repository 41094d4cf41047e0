"""The pages of this room. None of them needs an account."""
