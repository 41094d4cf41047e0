"""How a line of the record is numbered in an address."""

from django.urls.converters import IntConverter


class LineNumber(IntConverter):
    """A number without zeros before it: /record/0504/ would be a second address of line 504."""

    regex = "0|[1-9][0-9]*"
