"""What forms share: fields for days and words, and how a refusal comes back to its field."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from caseplan.messages.services import MAX_BYTES, SentFile
from common.clock import HELSINKI
from common.decision import Refused, Stale
from consent.models import Category

Choices = list[tuple[str, str]]
"""What is sent, and what is read, of each thing to choose."""
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_WRONG_YEAR = _("Look at the year again: it is from 1900 to 2199.")
Sometimes = TypeVar("Sometimes", bound=forms.Field)


def needed(when: str | Promise, field: Sometimes) -> Sometimes:
    """A field that some answers to its form demand and others don't: its hint says when.

    It is not called optional, for whoever reads "(optional)" and leaves it is then sent back.
    """
    field.required = False
    field.sometimes_needed = True  # type: ignore[attr-defined]
    said = field.help_text
    field.help_text = format_lazy("{} {}", said, when) if said else when  # type: ignore[assignment]
    return field


def identifies(field: Sometimes) -> Sometimes:
    """A field that says who somebody is: a name, a code, an address, a number.

    What is typed in it is never kept before it is sent, neither here nor in the browser.
    """
    field.never_kept = True  # type: ignore[attr-defined]
    field.widget.attrs["data-never-kept"] = ""
    return field


def is_identifying(field: forms.Field) -> bool:
    """Whether what is typed in it says who somebody is."""
    return bool(getattr(field, "never_kept", False))


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TextField(forms.CharField):
    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class DayField(forms.DateField):
    """A day of somebody's life, written 2024-05-01 or 1.5.2024."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=DayInput(),
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            error_messages={"invalid": _("Write the day like this: 1.5.2024.")},
            validators=[
                MinValueValidator(FIRST_DAY, _WRONG_YEAR), MaxValueValidator(LAST_DAY, _WRONG_YEAR),
            ],
            **kwargs,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that says one thing in the form and another in what somebody saved meanwhile."""

    name: str
    label: Any
    mine: str
    theirs: str


class Refusals(AbstractContextManager[None, bool]):
    """What a service refuses in this block is said in the form, and the view goes on to show it."""

    def __init__(self, form: Form) -> None:
        self._form = form

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(raised, Refused):
            return False
        self._form.refuse(raised)
        return True


class Form(forms.Form):
    """The base of every form on the pages: what is sent with it may be refused by a service.

    A view reads from top to bottom::
        if form.is_valid():
            with form.refusals():
                add_goal(actor=ctx.actor, case=case, now=ctx.now, **form.cleaned_data)
                return redirect_saved(request, _("Saved."), "pages:case", case_id)
        return form_page(request, form, ...)

    ``looks_up_persons``: it asks for somebody whom the reader may not know of. Nothing typed in it
    is kept before it is sent (:func:`identifies`). ``draws_fields``: it has fields of its own that
    are known only once it is drawn.
    """

    looks_up_persons: ClassVar[bool] = False
    draws_fields: ClassVar[bool] = False
    stale = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.looks_up_persons:
            for field in self.fields.values():
                identifies(field)

    @property
    def is_kept(self) -> bool:
        """Whether anything typed in it may be kept before it is sent."""
        return not self.looks_up_persons

    @property
    def leaves_out(self) -> bool:
        """Whether something typed in it is not kept though the rest is."""
        return any(is_identifying(field) for field in self.fields.values())

    def refusals(self) -> Refusals:
        """A block whose refusal comes back to the field it names, else to the top of the form."""
        return Refusals(self)

    def refuse(self, refusal: Refused) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal.message))


class Narrowing(Form):
    """A form that narrows a list, from its address: none of its fields has to be answered."""

    narrows: ClassVar[bool] = True


class RevisedForm(Form):
    """A form that edits something: it carries the revision it was opened on.

    When somebody else saved in between, the page asks field by field which to keep; the answer
    comes back as ``keep_<field>`` = ``theirs``, and takes what stands now in place of what was
    typed. ``initial`` is always what stands now.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            for name in self.fields:
                if self.data.get(f"keep_{name}") == "theirs":
                    self._put(name)

    def refuse(self, refusal: Refused) -> None:
        """Where somebody saved in between, the next save is made on what stands now."""
        super().refuse(refusal)
        if isinstance(refusal, Stale):
            self.stale = True
            self.data["revision"] = str(self.initial["revision"])  # type: ignore[index]

    @property
    def differences(self) -> list[Difference]:
        """The fields in which what was typed is not what stands now."""
        return [
            Difference(bound.name, bound.label, mine, theirs)
            for bound in self.visible_fields()
            if (mine := _shown(bound, bound.value()))
            != (theirs := _shown(bound, self.get_initial_for_field(bound.field, bound.name)))
        ]

    def _put(self, name: str) -> None:
        value = self.get_initial_for_field(self.fields[name], name)
        if isinstance(self.fields[name], forms.BooleanField):
            value = "on" if value else ""
        shown = self.fields[name].widget.format_value(self.fields[name].prepare_value(value))
        self.data[name] = shown[0] if isinstance(shown, list) else shown or ""  # type: ignore[index]


def _shown(bound: forms.BoundField, value: Any) -> str:
    """A value of a field as it is read: the words of a choice, yes or no, a day as 1.5.2024."""
    if isinstance(bound.field, forms.BooleanField):
        return str(_("Yes") if value else _("No"))
    if isinstance(bound.field, forms.ChoiceField):
        choices = {
            str(code): str(label)
            for code, label in cast("list[tuple[Any, Any]]", bound.field.choices)
        }
        return choices.get(str(value or ""), "")
    if isinstance(value, date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(bound.field, forms.DateField) and value:
        try:
            on = bound.field.to_python(value)
        except forms.ValidationError:
            return str(value)
        return f"{on.day}.{on.month}.{on.year}" if on else ""
    return " ".join(str(value if value is not None else "").split())


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, or none: each with its name and bytes, checked by the service that takes them."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Files"),
            help_text=_("PDF, picture or text document; at most 5 files of 10 megabytes each."),
            widget=SeveralFilesInput,
            required=False,
        )

    def clean(self, data: Any, initial: Any = None) -> list[SentFile]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        # One byte too many is enough to refuse it: a huge file is not read into memory.
        return [SentFile(file.name or "", file.read(MAX_BYTES + 1)) for file in files]


class CategoryField(forms.ChoiceField):
    """What a thing concerns; a form offers only what its actor may record."""

    def __init__(self) -> None:
        super().__init__(
            label=_("What it concerns"),
            help_text=_("This decides which of the three bodies sees it."),
        )

    def offer(self, categories: Mapping[Category, str]) -> None:
        """Offer these, each with who will read it: what is chosen says so before it is saved.

        None is chosen beforehand: what nobody chose would show it too widely.
        """
        self.choices = [("", _("Choose")), *((c.value, said) for c, said in categories.items())]


class CategorisedForm(Form):
    """A form of something new, under one of the categories its actor may record."""

    category = CategoryField()

    def __init__(self, *args: Any, categories: Mapping[Category, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, CategoryField)
        field.offer(categories)
        if self.initial.get("category") not in categories:
            self.initial.pop("category", None)


def as_uuid(text: str) -> UUID | None:
    return UUID(text) if text else None


def chosen_ids(values: Iterable[str]) -> list[UUID]:
    """The ids that were ticked in a list; what is none was never offered, and is nobody's."""
    found = []
    for value in values:
        with contextlib.suppress(ValueError):
            found.append(UUID(value))
    return found


class TimeInput(forms.TimeInput):
    input_type = "time"


class TimeField(forms.TimeField):
    """A time on the clock in Finland, written 9.30 or 9:30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=TimeInput(format="%H:%M"),
            input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
            error_messages={"invalid": _("Write the time like this: 9.30.")},
            **kwargs,
        )


def join_moment(form: Form, data: dict[str, Any], day: str, time: str, moment: str) -> None:
    """Put a day and a time of a form together as ``moment``, once both are there.

    A time that a night of daylight saving skips, or has twice, is no answer.
    """
    if day not in data or time not in data:
        return
    at = datetime.combine(data.pop(day), data.pop(time), tzinfo=HELSINKI)
    if at.timestamp() != at.replace(fold=1).timestamp():
        form.add_error(time, _("The clocks change at this time. Choose another."))
    data[moment] = at
