"""When reminders are sent."""
