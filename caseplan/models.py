"""The models of the rooms of this floor."""

from caseplan.assessments import models as assessments
from caseplan.meetings import models as meetings
from caseplan.messages import models as messages
from caseplan.plan import models as plan
from caseplan.plan_templates import models as plan_templates

__all__ = ["assessments", "meetings", "messages", "plan", "plan_templates"]
