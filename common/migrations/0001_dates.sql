-- The rules of dates, once for the whole database: the twins of common/dates.py and common.clock,
-- compared with them over every day of 1900-2100 (tests/common/test_dates.py).
--
-- A function each, of one expression, immutable and not strict, so that the planner writes the
-- expression where the function is called: a call costs nothing. Without a value the answer is
-- without a value. A change is a new migration that replaces the function and says from when.

-- The date so many months after `start`, from date to date; without such a day, the last one.
CREATE OR REPLACE FUNCTION add_months(start date, months int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT (start + make_interval(months => months))::date';

-- The largest number of months for which add_months(start, n) <= day.
CREATE OR REPLACE FUNCTION full_months(start date, day date) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT ((extract(year FROM day) - extract(year FROM start)) * 12
    + extract(month FROM day) - extract(month FROM start))::int
  - (extract(day FROM day) < extract(day FROM start)
    AND extract(month FROM day) = extract(month FROM day + 1))::int';

-- The day on which somebody turns so many years. Whoever was born on 29 February does so on
-- 1 March of a common year: the only birth date whose birthday is another date.
CREATE OR REPLACE FUNCTION birthday(birth date, years int) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT (birth + make_interval(years => years))::date
  + (extract(day FROM birth) <> extract(day FROM birth + make_interval(years => years)))::int';

-- How many days up to and including a day are among the first `a_week` of their week (5: Mon-Fri,
-- 6: Mon-Sat), counted from the first Monday of the calendar; public holidays are paid.
CREATE OR REPLACE FUNCTION weekdays_to(day date, a_week int DEFAULT 5) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT (day - (DATE ''0001-01-01'' - 1)) / 7 * a_week
  + least((day - (DATE ''0001-01-01'' - 1)) % 7, a_week)';

-- The day of the n-th of them: nth_weekday(weekdays_to(day)) is the last one up to the day.
CREATE OR REPLACE FUNCTION nth_weekday(n int, a_week int DEFAULT 5) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT DATE ''0001-01-01'' + (n - 1) / a_week * 7 + (n - 1) % a_week';

-- The calendar day in Finland at a moment: what the law means by a day.
CREATE OR REPLACE FUNCTION day_of(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT (moment AT TIME ZONE ''Europe/Helsinki'')::date';
