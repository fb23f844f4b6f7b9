"""What can be wrong with a line of a file of staff: every code with its words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffFault(models.TextChoices):
    """A line that is not taken; the other lines are."""

    EMPTY = "empty", _("nothing is written here")
    TOO_LONG = "too_long", _("too long")
    USERNAME = "username", _("only letters from a to z, digits, and the signs @ . + - _")
    ADDRESS = "address", _("not an e-mail address of your own organisation")
    TAKEN = "taken", _("somebody else has it")
    TWICE = "twice", _("stands in the file twice")
    LANGUAGE = "language", _("not fi, sv or en")
    ROLE = "role", _("a file names caseworkers only")
    OFFICE = "office", _("no open office of this name, or not this one")
    OFFICES = "offices", _("several offices have this name: write the network too")
    ELSEWHERE = "elsewhere", _("works elsewhere: that ends first")
    OTHER_NAME = "other_name", _("has another name here")
    NOT_LET_IN_HERE = "not_let_in_here", _("is let in by the state's centre, not by a file")
    QUOTE = "quote", _("a quotation mark that does not end on its line")
    LINE_BREAK = "line_break", _("a line break within a value")
    LINE_TOO_LONG = "line_too_long", _("longer than any record")
    LINE_ENDS_BEFORE = "line_ends_before", _("the line ends before this column")
    MORE_CELLS = "more_cells", _("more values than there are columns")
    ENCODING = "encoding", _("a character that can't be read")
    CONTROL_CHARACTER = "control_character", _("a character that no text has")
