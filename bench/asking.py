"""The three triggers of some persons in a process of its own: seconds and memory as JSON."""

from __future__ import annotations

import json
import sys
import time

import django

django.setup()

from bench.benefits import ON  # noqa: E402
from bench.memory import peak_megabytes  # noqa: E402
from benefits.eligibility import eligibility  # noqa: E402
from people.models import Person  # noqa: E402

ids = list(Person.objects.order_by("pk").values_list("pk", flat=True)[: int(sys.argv[1])])
began = time.perf_counter()
count = sum(1 for _row in eligibility(ON, persons=ids))
seconds = time.perf_counter() - began
assert count == 3 * len(ids)
json.dump({"seconds": seconds, "megabytes": peak_megabytes()}, sys.stdout)
