"""Every change of state of this room, one function each, named by verb and noun."""
