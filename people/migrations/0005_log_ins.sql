-- Where Django kept sessions before, of an installation that had it.
DROP TABLE IF EXISTS django_session;
