"""The register at the scale of the country: import, nightly evaluation, and OpenFisca beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from bench import extract
from bench.table import Row
from benefits.early_signals import NOTICED, signal_parameters
from benefits.eligibility import MET, eligibility, parameters
from benefits.forecast import EXPECTED, segments
from benefits.models import Flag, PaymentPeriod, RegisterImport, UnemploymentSpell
from benefits.services import evaluate
from benefits.shares import PaidPeriod
from common import clock
from common.actor import system_actor
from common.ids import new_id
from people.models import Person
from statutes.reader import law_on

NIGHT = system_actor("bench")
ON = extract.NEWEST
HERE = Path(__file__).parent
TABLES = ("people_person", "benefits_unemploymentspell", "benefits_paymentperiod")


def measure(var_dir: Path, persons: int, compared: int) -> list[Row]:
    """Every figure of the register, in order; says on stderr how far it is."""
    folder = var_dir / "extract"
    _say(f"writing an extract of {persons} persons")
    extract.write(folder, persons)
    rows = _importing(folder)
    _vacuum()
    rows += _evaluating(persons)
    rows += _openfisca(var_dir, compared)
    return rows


def _importing(folder: Path) -> list[Row]:
    _say("importing")
    done = subprocess.run(
        [sys.executable, "-m", "bench.importing", str(folder)],
        cwd=HERE.parent, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    ours = json.loads(done.stdout)
    _say(f"imported in {ours['seconds']:.0f} s; the floors")
    keyed = sum(_floor(table, folder, keys=True) for table in TABLES)
    naked = sum(_floor(table, folder, keys=False) for table in TABLES)
    return [
        Row("import, all three files", ours["seconds"], keyed,
            "bare COPY of the same rows into tables with the same keys", at_most=3),
        Row("import, all three files", ours["seconds"], naked,
            "bare COPY into tables without keys or indexes"),
        Row("import: laying the lines down", ours["staged"], naked,
            "bare COPY into tables without keys or indexes", at_most=3),
        Row("import: memory of the process at most", ours["megabytes"], 300, "limit", at_most=1,
            unit="MB"),
    ]  # fmt: skip


def _floor(table: str, folder: Path, *, keys: bool) -> float:
    """Seconds to COPY a table's rows from a file into another of its shape."""
    file = folder / f"{table}.copy"
    with connection.cursor() as cursor:
        if not file.exists():
            with file.open("wb") as out, cursor.copy(f"COPY {table} TO STDOUT") as copy:
                for block in copy:
                    out.write(block)
        like = "INCLUDING ALL" if keys else ""
        cursor.execute(f"CREATE TABLE floor (LIKE {table} {like})")
        if keys and table != "people_person":
            cursor.execute(
                """ALTER TABLE floor ADD FOREIGN KEY (person_id) REFERENCES people_person,
                ADD FOREIGN KEY (first_import_id) REFERENCES benefits_registerimport"""
            )
        began = time.perf_counter()
        with file.open("rb") as stream, cursor.copy("COPY floor FROM STDIN") as copy:
            while block := stream.read(1 << 20):
                copy.write(block)
        seconds = time.perf_counter() - began
        cursor.execute("DROP TABLE floor")
    return seconds


def _evaluating(persons: int) -> list[Row]:
    _say("evaluating")
    night = _timed(_evaluate)
    bare = _timed(_bare)
    _say("a night on which nothing changed, then one of 1 %")
    quiet = _timed(_evaluate)
    # The night that writes the most: half of what was found is found anew.
    Flag.objects.filter(person__birth_date__day__lte=15).delete()
    half = _timed(_evaluate)
    changed = _change(max(persons // 100, 1))
    small = _timed(lambda: _evaluate(changed_only=True))
    _say("a query for each person, of a sample")
    sample = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:300])
    single = _timed(lambda: [list(eligibility(ON, persons=[pk], only_met=True)) for pk in sample])
    whole = _timed(lambda: list(eligibility(ON, only_met=True)))
    _say("half of the persons")
    _halve()
    fewer = _timed(_evaluate)
    return [
        Row("first evaluation, every flag written", night, bare,
            "the same three statements as bare SELECTs"),
        Row("a night that writes half of the flags", half, bare,
            "the same three statements as bare SELECTs", at_most=2),
        Row("a night on which nothing changed", quiet, bare,
            "the same three statements as bare SELECTs", at_most=2),
        Row("the triggers of everybody", whole, _timed(_by_hand),
            "SQL written by hand for these three rules and this day"),
        Row("the triggers of everybody", whole, single / len(sample) * persons,
            f"a query a person ({len(sample)} measured, multiplied)", at_least=50),
        Row("a night, twice the persons", quiet, fewer, "half of the persons", at_most=2.2),
        Row(f"a day's change of {changed} persons", small, quiet, "the whole night",
            at_most=0.1),
    ]  # fmt: skip


def _evaluate(*, changed_only: bool = False) -> None:
    evaluate(actor=NIGHT, on=ON, now=clock.now(), changed_only=changed_only)


def _bare() -> None:
    """What the night must read, and nothing written: triggers, signals, forecast."""
    law = law_on(ON)
    statements: list[tuple[str, dict[str, Any]]] = [
        (MET, parameters(law, tolerance=0)),
        (NOTICED, signal_parameters(law)),
        *((EXPECTED, segment) for segment in segments(ON, tolerance=0)),
    ]
    with connection.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(f"SELECT count(*) FROM ({statement}) AS found", values)
            cursor.fetchone()


def _by_hand() -> None:
    """The three rules of one day as somebody would write them who needed nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH paid AS (
              SELECT person_id, unnest(range_agg(daterange("start", "start"
                + (paid_days - 1) / 5 * 7 + (paid_days - 1) %% 5 + 1))) AS days
              FROM benefits_paymentperiod
              WHERE corrected_at IS NULL AND benefit = 'tyomarkkinatuki'
                AND basis = 'unemployment' AND paid_days > 0 AND "start" <= %(on)s
              GROUP BY person_id),
            weekdays AS (
              SELECT person_id, sum(
                ((least(upper(days), %(on)s + 1) - DATE '1900-01-01') / 7 * 5
                  + least((least(upper(days), %(on)s + 1) - DATE '1900-01-01') %% 7, 5))
                - ((lower(days) - DATE '1900-01-01') / 7 * 5
                  + least((lower(days) - DATE '1900-01-01') %% 7, 5))) AS days
              FROM paid GROUP BY person_id),
            run AS (
              SELECT person_id, lower(days) AS start FROM (
                SELECT person_id, unnest(range_agg(daterange("start", "end" + 1))) AS days
                FROM benefits_unemploymentspell WHERE corrected_at IS NULL
                GROUP BY person_id) AS runs
              WHERE days @> %(on)s::date)
            SELECT p.id, w.days >= 300,
              r.start + interval '12 months' <= %(on)s
                AND p.birth_date <= %(on)s - interval '25 years',
              r.start + interval '6 months' <= %(on)s
                AND p.birth_date > %(on)s - interval '25 years'
            FROM people_person p LEFT JOIN weekdays w ON w.person_id = p.id
            LEFT JOIN run r ON r.person_id = p.id""",
            {"on": ON},
        )
        while cursor.fetchmany(5000):
            pass


@transaction.atomic
def _change(count: int) -> int:
    """What a day's extract changes: the newest spell of so many people ends another day."""
    now = clock.now()
    run = RegisterImport.objects.create(
        id=new_id(), started_at=now, finished_at=now, state="done", newest_day=ON,
        imported_by="bench",
    )  # fmt: skip
    spells = UnemploymentSpell.objects.filter(end__isnull=True, corrected_at__isnull=True)
    chosen = list(spells.order_by("pk")[:count])
    UnemploymentSpell.objects.filter(pk__in=[s.pk for s in chosen]).update(
        corrected_at=now, corrected_by_import=run
    )
    UnemploymentSpell.objects.bulk_create(
        UnemploymentSpell(
            person_id=s.person_id, start=s.start, end=max(s.start, ON - timedelta(days=3)),
            first_import=run,
        )
        for s in chosen
    )  # fmt: skip
    return len(chosen)


def _halve() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE TABLE leaving AS SELECT id FROM (
              SELECT id, row_number() OVER (ORDER BY id) AS n FROM people_person) AS p
              WHERE n %% 2 = 0""",
            {},
        )
        for table in (
            "expectedflag",
            "flag",
            "registermention",
            "paymentperiod",
            "unemploymentspell",
        ):
            cursor.execute(
                f"DELETE FROM benefits_{table} WHERE person_id IN (SELECT id FROM leaving)"
            )
        cursor.execute("SET session_replication_role = replica" if _is_superuser() else "SELECT 1")
        cursor.execute("DELETE FROM people_person WHERE id IN (SELECT id FROM leaving)")
        cursor.execute("SET session_replication_role = DEFAULT" if _is_superuser() else "SELECT 1")
    _vacuum(full=True)


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def _vacuum(*, full: bool = False) -> None:
    with connection.cursor() as cursor:
        for table in (*TABLES, "benefits_flag", "benefits_expectedflag"):
            cursor.execute(f"VACUUM ({'FULL, ' if full else ''}ANALYZE) {table}")


def _openfisca(var_dir: Path, compared: int) -> list[Row]:
    _say("OpenFisca, in an environment of its own")
    home = var_dir / "openfisca"
    try:
        venv.create(home, with_pip=True)
        subprocess.run(
            [str(home / "bin" / "pip"), "install", "--quiet", "--require-hashes", "-r",
             str(HERE / "openfisca.txt")],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError) as error:
        which = f"OpenFisca-core could not be installed ({type(error).__name__})"
        return [Row("the three triggers", 0, None, which)]
    people = list(Person.objects.order_by("pk")[:compared])
    ids = [person.pk for person in people]
    dump = var_dir / "persons.json"
    dump.write_text(json.dumps(_dumped(people)))
    done = subprocess.run(
        [str(home / "bin" / "python"), str(HERE / "openfisca_rules.py"), str(dump)],
        check=True, capture_output=True, text=True, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    theirs = json.loads(done.stdout)
    asked = subprocess.run(
        [sys.executable, "-m", "bench.asking", str(compared)],
        cwd=HERE.parent, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    ours = json.loads(asked.stdout)
    found = {
        (row.rule, row.person_id): (row.met, row.measured) for row in eligibility(ON, persons=ids)
    }
    differing = sum(
        (bool(met), measured) != found[rule, pk]
        for rule, measure_ in (
            ("subsidy_300_days", "paid_days"),
            ("unemployed_12_months", "full_months"),
            ("unemployed_6_months_under_25", "full_months"),
        )
        for pk, met, measured in zip(
            ids, theirs["answers"][rule], theirs["answers"][measure_], strict=True
        )
    )
    answers = f"{differing} answers differ" if differing else "same answers"
    which = f"OpenFisca-core, {compared} persons, {answers}"
    seconds = ours["seconds"]
    return [
        Row("the three triggers, data read included", seconds, theirs["seconds"], which),
        Row("the three triggers, rules alone", seconds, theirs["rule_seconds"], which),
        Row("memory, a process each", ours["megabytes"], theirs["megabytes"], which, unit="MB"),
        Row("lines of rule", _our_lines(), _their_lines(), which, unit="lines"),
    ]


def _dumped(people: list[Person]) -> dict[str, Any]:
    ids = [person.pk for person in people]
    paid: dict[Any, list[tuple[int, int]]] = {pk: [] for pk in ids}
    spells: dict[Any, list[tuple[int, int]]] = {pk: [] for pk in ids}
    first = date(2013, 1, 1)
    for p in PaymentPeriod.objects.filter(
        person_id__in=ids, benefit="tyomarkkinatuki", basis="unemployment", paid_days__gt=0,
        corrected_at__isnull=True, start__lte=ON,
    ).order_by("pk"):  # fmt: skip
        days = [
            d for d in PaidPeriod(p.benefit, p.basis, p.start, p.end, p.paid_days or 0).paid_days()
            if d <= ON
        ]  # fmt: skip
        if days:
            paid[p.person_id].append(((days[0] - first).days, (days[-1] - first).days))
    for s in UnemploymentSpell.objects.filter(
        person_id__in=ids, corrected_at__isnull=True, start__lte=ON
    ).order_by("pk"):
        end = min(s.end or ON, ON)
        spells[s.person_id].append(((s.start - first).days, (end - first).days))
    return {
        "asked": ON.isoformat(),
        "first": first.isoformat(),
        "persons": [[p.birth_date.isoformat(), paid[p.pk], spells[p.pk]] for p in people],
    }


def _our_lines() -> int:
    """The counting statement, and the rules as data."""
    text = (HERE.parent / "benefits" / "eligibility.py").read_text("utf-8")
    statement = text[text.index("COUNTED = ") : text.index("# Who meets which rule, for whoever")]
    acts = (HERE.parent / "statutes" / "acts" / "1369-2014.toml").read_text("utf-8")
    rules = acts[acts.index("[[rules]]") : acts.index("[[figures]]")]
    return _lines(statement, "--") + _lines(rules, "#")


def _their_lines() -> int:
    text = (HERE / "openfisca_rules.py").read_text("utf-8")
    return _lines(text[text.index("# rules begin") : text.index("# rules end")], "#")


def _lines(text: str, comment: str) -> int:
    lines = (line.strip() for line in text.splitlines())
    return sum(bool(line) and not line.startswith(comment) for line in lines)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
