"""The words of rules and signals, for workers and, plainly, for the client.

Every answer out of the registers says in its sentence the day it speaks of, and once that day is
long past, that things may have changed.
"""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from statutes.reader import law_on

RULE_NAMES: dict[str, Promise] = {
    "subsidy_300_days": gettext_lazy("300 days of labour-market subsidy"),
    "unemployed_12_months": gettext_lazy("12 months of unbroken unemployment"),
    "unemployed_6_months_under_25": gettext_lazy(
        "6 months of unbroken unemployment, under 25 years"
    ),
    "many_benefits": gettext_lazy("Benefits from many payers in a year"),
    "back_from_sickness": gettext_lazy("From sickness allowance back to unemployment"),
    "long_sickness": gettext_lazy("Long on sickness allowance, nothing after it"),
    "long_history_on_earnings_related": gettext_lazy(
        "Earnings-related allowance with a long unemployment"
    ),
    "service_again": gettext_lazy("Service after service"),
    "nothing_paid": gettext_lazy("No benefit and no work known"),
}


def name_of(rule: str) -> str:
    """The rule or signal in words; a new Act's rule is named by its code until it has words."""
    return str(RULE_NAMES.get(rule, rule))


PAYERS: dict[str, Promise] = {
    "kela": gettext_lazy("Kela"),
    "unemployment_fund": gettext_lazy("unemployment fund"),
    "pension_insurer": gettext_lazy("pension insurer"),
    "municipality": gettext_lazy("municipality"),
    "wellbeing_services_county": gettext_lazy("wellbeing services county"),
}


def payer_name(payer: str) -> str:
    """A payer of benefits in words; a new one is named by its code until it has words."""
    return str(PAYERS.get(payer, payer))


def day_in_sentence(day: date) -> str:
    """A day as a sentence of these lists writes it."""
    return f"{day.day}.{day.month}.{day.year}"


def met_sentence(unit: str, *, threshold: int, reached: date, measured: int, asked: date) -> str:
    """The inputs of a trigger that is met."""
    said = {
        "threshold": threshold,
        "reached": day_in_sentence(reached),
        "measured": measured,
        "asked": day_in_sentence(asked),
    }
    if unit == "paid_days":
        return (
            _("%(threshold)d paid days reached on %(reached)s: %(measured)d by %(asked)s.") % said
        )
    return (
        _(
            "%(threshold)d months of unbroken unemployment reached on %(reached)s: "
            "%(measured)d full months by %(asked)s."
        )
        % said
    )


def progress_sentence(unit: str, *, measured: int, asked: date) -> str:
    """How far a trigger is by the day asked, where its rule and day stand beside it."""
    said = {"measured": measured, "asked": day_in_sentence(asked)}
    if unit == "paid_days":
        return (
            ngettext(
                "%(measured)d paid day by %(asked)s",
                "%(measured)d paid days by %(asked)s",
                measured,
            )
            % said
        )
    return (
        ngettext(
            "%(measured)d full month by %(asked)s",
            "%(measured)d full months by %(asked)s",
            measured,
        )
        % said
    )


def coming_sentence(unit: str, *, threshold: int, expected: date, asked: date) -> str:
    """What a rule would be, if nothing changed after the day asked."""
    said = {
        "threshold": threshold,
        "expected": day_in_sentence(expected),
        "asked": day_in_sentence(asked),
    }
    if unit == "paid_days":
        return (
            _(
                "As things stood on %(asked)s, %(threshold)d paid days are reached on "
                "%(expected)s if nothing changes."
            )
            % said
        )
    return (
        _(
            "As things stood on %(asked)s, %(threshold)d months of unbroken unemployment are "
            "reached on %(expected)s if nothing changes."
        )
        % said
    )


SHORT_REASONS = {
    "paid_days": ngettext_lazy("%(measured)d paid day", "%(measured)d paid days", "measured"),
    "months": ngettext_lazy(
        "unemployed %(measured)d month", "unemployed %(measured)d months", "measured"
    ),
    "many_benefits": gettext_lazy("benefits from %(measured)d payers in a year"),
    "back_from_sickness": gettext_lazy("back from sickness allowance"),
    "long_sickness": gettext_lazy("%(measured)d days of sickness allowance"),
    "long_history_on_earnings_related": gettext_lazy(
        "earnings-related allowance, %(measured)d days unemployed in five years"
    ),
    "service_again": gettext_lazy("%(measured)d times in a service"),
    "nothing_paid": ngettext_lazy(
        "nothing known for %(measured)d day", "nothing known for %(measured)d days", "measured"
    ),
}


def short_reason(what: str, *, measured: int) -> str:
    """A reason in a few words, beside others of the same person. ``what``: a unit or a signal."""
    return SHORT_REASONS[what] % {"measured": measured} if what in SHORT_REASONS else name_of(what)


def coming_reason(unit: str, *, threshold: int, expected: date) -> str:
    """The same of what is to come, with its day."""
    said = {"threshold": threshold, "expected": day_in_sentence(expected)}
    if unit == "paid_days":
        return _("%(threshold)d paid days on %(expected)s") % said
    return _("unemployed %(threshold)d months on %(expected)s") % said


def not_met_sentence(unit: str, *, threshold: int, measured: int, asked: date) -> str:
    """How far a rule is that is not met."""
    said = {"threshold": threshold, "measured": measured, "asked": day_in_sentence(asked)}
    if unit == "paid_days":
        return _("Not reached: %(measured)d of %(threshold)d paid days by %(asked)s.") % said
    return _("Not reached: %(measured)d of %(threshold)d full months by %(asked)s.") % said


SIGNAL_SENTENCES = {
    "many_benefits": gettext_lazy(
        "Benefits from %(measured)d different payers in one calendar year by %(asked)s; so "
        "many since %(reached)s."
    ),
    "back_from_sickness": ngettext_lazy(
        "Unemployment benefit began on %(reached)s, %(measured)d day after sickness allowance "
        "ended; so it stood on %(asked)s.",
        "Unemployment benefit began on %(reached)s, %(measured)d days after sickness "
        "allowance ended; so it stood on %(asked)s.",
        "measured",
    ),
    "long_sickness": gettext_lazy(
        "%(measured)d days of sickness allowance in two years by %(asked)s, and neither "
        "rehabilitation nor pension since %(reached)s."
    ),
    "long_history_on_earnings_related": gettext_lazy(
        "On earnings-related allowance since %(reached)s, with %(measured)d days of "
        "unemployment in five years by %(asked)s."
    ),
    "service_again": gettext_lazy(
        "%(measured)d separate periods in a service within three years by %(asked)s, the "
        "newest from %(reached)s. The register does not tell which service."
    ),
    "nothing_paid": gettext_lazy(
        "On %(asked)s the newest period of every benefit had ended %(measured)d days before. "
        "No extract tells of work."
    ),
}


def signal_sentence(rule: str, *, reached: date, measured: int, asked: date) -> str:
    """What a signal rests on. It advises; it says nothing about the person's worth or rights."""
    said = {
        "reached": day_in_sentence(reached),
        "measured": measured,
        "asked": day_in_sentence(asked),
    }
    return SIGNAL_SENTENCES[rule] % said if rule in SIGNAL_SENTENCES else name_of(rule)


def closed_sentence(why: str, *, closed: date) -> str:
    """Why a flag stands no more, and since which day asked about."""
    return f"{day_in_sentence(closed)}: {why}"


def may_have_changed(*, asked: date, told_to: date, today: date) -> str:
    """What an answer of a day adds when it is long past; empty while it is fresh.

    ``told_to`` is the newest day the registers tell of: an answer of a later day rests on it.
    """
    told_to = min(asked, told_to)
    if (today - told_to).days <= law_on(today).figure("register_answer_days").value:
        return ""
    return _("This is what the registers told up to %(day)s. It may have changed since.") % {
        "day": day_in_sentence(told_to)
    }


def client_sentence(
    unit: str,
    *,
    threshold: int,
    measured: int,
    reached: date | None,
    expected: date | None,
    asked: date,
) -> str:
    """The same for the client: short, nothing to be done about it, nothing decided."""
    said = {"threshold": threshold, "measured": measured, "asked": day_in_sentence(asked)}
    if unit == "paid_days":
        first = (
            ngettext(
                "By %(asked)s you had been paid labour-market subsidy for %(measured)d day because "
                "you were unemployed.",
                "By %(asked)s you had been paid labour-market subsidy for %(measured)d days "
                "because you were unemployed.",
                measured,
            )
            % said
        )
        limit = _("At %(threshold)d days we look together at whether you need more help.") % said
    else:
        first = (
            ngettext(
                "By %(asked)s you had been unemployed without a break for %(measured)d full month.",
                "By %(asked)s you had been unemployed without a break for %(measured)d full "
                "months.",
                measured,
            )
            % said
        )
        limit = _("At %(threshold)d months we look together at whether you need more help.") % said
    if reached:
        last = _("That day was %(day)s.") % {"day": day_in_sentence(reached)}
    elif expected:
        last = _("As things stood on %(asked)s, that day would be %(day)s.") % {
            **said,
            "day": day_in_sentence(expected),
        }
    else:
        last = _("On %(asked)s that day had not come.") % said
    return f"{first} {limit} {last}"


def client_signal_sentence(rule: str, *, reached: date, measured: int, asked: date) -> str:
    """A signal for the client: what was noticed, and that it only is a reason to ask."""
    said = {
        "reached": day_in_sentence(reached),
        "measured": measured,
        "asked": day_in_sentence(asked),
        "year": asked.year,
    }
    sentences = {
        "many_benefits": _(
            "In %(year)d, by %(asked)s, %(measured)d different payers had paid you benefits."
        ),
        "back_from_sickness": _(
            "Your sickness allowance ended, and you came back to unemployment benefit on "
            "%(reached)s. So it stood on %(asked)s."
        ),
        "long_sickness": _(
            "By %(asked)s you had had sickness allowance for %(measured)d days in two years."
        ),
        "long_history_on_earnings_related": _(
            "By %(asked)s you had been unemployed for %(measured)d days in five years."
        ),
        "service_again": _(
            "By %(asked)s you had been in a service %(measured)d times in three years."
        ),
        "nothing_paid": _("On %(asked)s you had had no benefit for %(measured)d days."),
    }
    return sentences[rule] % said if rule in sentences else name_of(rule)
