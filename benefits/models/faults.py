"""What can be wrong with an extract: every code that a report gives, with the words for it.

A code that has no words here can't be given: whoever reads the report would be shown the code.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FileFault(models.TextChoices):
    """A file that can't be read at all. The words name ``file`` and ``column``."""

    MISSING_FILE = "missing_file", _("%(file)s is missing.")
    MISSING_COLUMN = "missing_column", _("%(file)s has no column %(column)s.")
    COLUMN_TWICE = "column_twice", _("%(file)s has the column %(column)s twice.")
    HEADER = (
        "header",
        _("The first line of %(file)s, with the names of the columns, can't be read."),
    )
    NO_LINES = "no_lines", _("%(file)s is not divided into lines.")
    NUL_BYTES = "nul_bytes", _("%(file)s is not a text file.")


class RowFault(models.TextChoices):
    """A row that is not taken."""

    IDENTITY_CODE = "identity_code", _("not an identity code")
    IDENTITY_CODE_DATE = (
        "identity_code_date",
        _("the date in the identity code does not exist, or has not come"),
    )
    IDENTITY_CODE_CHECK_CHARACTER = (
        "identity_code_check_character",
        _("the identity code's check character is wrong"),
    )
    DUPLICATE_PERSON = "duplicate_person", _("the same person twice")
    MUNICIPALITY = "municipality", _("not a municipality code of three digits")
    DATE = "date", _("not a date")
    END_BEFORE_START = "end_before_start", _("ends before it begins")
    UNKNOWN_BENEFIT = "unknown_benefit", _("a benefit that is not known")
    UNKNOWN_BASIS = "unknown_basis", _("a basis that is not known")
    PAID_DAYS = "paid_days", _("not a number of paid days")
    TOO_MANY_PAID_DAYS = "too_many_paid_days", _("more paid days than the period has")
    OVERLAP = "overlap", _("overlaps an earlier row of the same benefit")
    UNKNOWN_PERSON = "unknown_person", _("the person is not known")
    NOT_IN_PERSONS = "not_in_persons", _("the person is not among those taken from persons.csv")
    NOT_OF_THIS_NETWORK = "not_of_this_network", _("not a municipality of this network")
    QUOTE = "quote", _("a quotation mark that does not end on its line")
    LINE_BREAK = "line_break", _("a line break within a value")
    LINE_TOO_LONG = "line_too_long", _("longer than any record")
    LINE_ENDS_BEFORE = "line_ends_before", _("the line ends before this column")
    MORE_CELLS = "more_cells", _("more values than there are columns")
    ENCODING = "encoding", _("a character that can't be read")
    CONTROL_CHARACTER = "control_character", _("a character that no text has")
    TOO_LONG = "too_long", _("too long")
    DAY_TO_COME = "day_to_come", _("a day that has not come yet")
    DEATH_BEFORE_BIRTH = "death_before_birth", _("a death before the birth")
    LANGUAGE = "language", _("not a code of a language")
    NON_DISCLOSURE = "non_disclosure", _("does not say whether details are protected")
    IDENTITY_CODE_IN_A_NAME = "identity_code_in_a_name", _("an identity code where a name belongs")
    FORMER_TWICE = "former_twice", _("two lines speak of the same former code")
    FORMER_OF_ANOTHER = "former_of_another", _("the former code is somebody else's")
    BOTH_CODES_KNOWN = "both_codes_known", _("both codes are known as two people: join them first")
