"""What the JSON face says of a case and a plan. No identity codes; no fields beyond the pages'."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from caseplan.plan.models import Action
from cases.lifecycle import CaseState


class CaseSerializer(serializers.Serializer[object]):
    """A case as it stands in the worker's list.

    No clock runs for a case that is only referred, or has ended, and none is told to a reader to
    whom the plan is not open: then the three fields of the clock are null.
    """

    id = serializers.UUIDField(source="case.pk")
    client = serializers.CharField(source="case.person.full_name")
    birth_year = serializers.IntegerField(
        source="case.person.birth_year",
        allow_null=True,
        help_text="Tells two of one name apart; null where the name is not open to the reader.",
    )
    non_disclosure = serializers.BooleanField(
        source="case.person.non_disclosure",
        help_text="Their contact details are given to nobody.",
    )
    state = serializers.ChoiceField(source="case.state", choices=CaseState.choices)
    started_on = serializers.DateField(
        source="case.started_on", allow_null=True, help_text="Null until the assessment begins."
    )
    statute = serializers.CharField(source="case.statute")
    case_manager = serializers.CharField(
        allow_blank=True, help_text="Empty where there is none, or it is not open to the reader."
    )
    clock = serializers.CharField(source="clock.kind", allow_null=True)
    clock_due_on = serializers.DateField(source="clock.due_on", allow_null=True)
    clock_section = serializers.CharField(source="clock.section", allow_null=True)


class ActionSerializer(serializers.Serializer[object]):
    id = serializers.UUIDField(source="pk")
    goal = serializers.SerializerMethodField(
        help_text="The goal it serves; null where that goal is dropped or not open to the reader."
    )
    category = serializers.CharField()
    text = serializers.CharField()
    owner_party = serializers.CharField()
    owner = serializers.CharField(source="owner_name")
    due_on = serializers.DateField()
    state = serializers.CharField()

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_goal(self, action: Action) -> UUID | None:
        """``context["goals"]`` holds the ids of the goals in the same answer."""
        return action.goal_id if action.goal_id in self.context["goals"] else None


class GoalSerializer(serializers.Serializer[object]):
    id = serializers.UUIDField(source="pk")
    kind = serializers.CharField()
    category = serializers.CharField()
    text = serializers.CharField()


class MeasureSerializer(serializers.Serializer[object]):
    id = serializers.UUIDField(source="pk")
    category = serializers.CharField()
    body = serializers.CharField()
    name = serializers.CharField()
    provider = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class PlanSerializer(serializers.Serializer[object]):
    """The plan of one case, as far as the reader's body may see it. Its id is the case's."""

    id = serializers.UUIDField(source="case.pk")
    client = serializers.CharField(source="case.person.full_name")
    birth_year = serializers.IntegerField(
        source="case.person.birth_year",
        allow_null=True,
        help_text="Tells two of one name apart; null where the name is not open to the reader.",
    )
    non_disclosure = serializers.BooleanField(
        source="case.person.non_disclosure",
        help_text="Their contact details are given to nobody.",
    )
    version_in_force = serializers.IntegerField(allow_null=True)
    open_proposal = serializers.IntegerField(allow_null=True)
    goals = GoalSerializer(many=True)
    actions = ActionSerializer(many=True)
    measures = MeasureSerializer(many=True, source="planned_services")


class _PageSerializer(serializers.Serializer[object]):
    """What every page of a list says beside its rows."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class CasePageSerializer(_PageSerializer):
    """One page of cases, 25 at most."""

    results = CaseSerializer(many=True)


class PlanPageSerializer(_PageSerializer):
    """One page of plans, 25 at most."""

    results = PlanSerializer(many=True)


class CountedSerializer(serializers.Serializer[object]):
    """A spell or payment period, and whether it counted."""

    what = serializers.CharField()
    start = serializers.DateField()
    end = serializers.DateField(allow_null=True, help_text="Inclusive; null while it goes on.")
    paid_days = serializers.IntegerField(allow_null=True)
    counted = serializers.BooleanField()
    why_not = serializers.CharField(allow_blank=True)


class ShareSerializer(serializers.Serializer[object]):
    """The home municipality's share of a benefit in force on the day asked."""

    benefit = serializers.CharField(source="table.shared_benefit")
    section = serializers.CharField(source="table.section")
    days_counted = serializers.IntegerField(source="days")
    percent = serializers.IntegerField()
    next_percent = serializers.IntegerField(allow_null=True)
    next_on = serializers.DateField(
        allow_null=True, help_text="If the person is paid every weekday from now on."
    )


class ExplanationSerializer(serializers.Serializer[object]):
    """Why somebody is, or will be, on the list of triggers and signals."""

    rule = serializers.CharField()
    statute = serializers.CharField(help_text="Section of law, 'advisory', or a signal's source.")
    referral_section = serializers.CharField(
        allow_blank=True,
        help_text="Where the law of the day makes it a duty to refer whoever needs the service.",
    )
    is_signal = serializers.BooleanField()
    asked_on = serializers.DateField()
    met = serializers.BooleanField()
    reached_on = serializers.DateField(allow_null=True)
    expected_on = serializers.DateField(allow_null=True)
    threshold = serializers.IntegerField()
    measured = serializers.IntegerField(help_text="Paid days, whole months, or a signal's measure.")
    sentence = serializers.CharField()
    client_sentence = serializers.CharField()
    rows_known = serializers.BooleanField(
        help_text="False where the reader's body may know the figure but not the periods behind it."
    )
    rows = CountedSerializer(many=True)
    municipal_shares = ShareSerializer(many=True, source="shares")
