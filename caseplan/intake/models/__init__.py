"""What stands before a case: the rows that one body sends another."""

from caseplan.intake.models.referrals import AssessmentReferral, ReferralAnswer, SeenNeed

__all__ = ["AssessmentReferral", "ReferralAnswer", "SeenNeed"]
