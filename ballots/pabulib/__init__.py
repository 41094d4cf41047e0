"""The file format of Pabulib (pabulib.org), in which cities publish participatory budgets. Pure: no Django."""

from ballots.pabulib.reading import BadFile, BadRow, Election, PaperList, Project, read_pb
from ballots.pabulib.writing import write_pb

__all__ = ["BadFile", "BadRow", "Election", "PaperList", "Project", "read_pb", "write_pb"]
