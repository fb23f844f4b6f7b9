"""Every indicator, by its code."""

from evaluation.indicators import cases, requests
from evaluation.indicators.base import Indicator

INDICATORS: dict[str, Indicator] = {
    indicator.code: indicator for module in (cases, requests) for indicator in module.INDICATORS
}

__all__ = ["INDICATORS", "Indicator"]
