"""Registrations in the admin: who comes, by hand, messages, tables and the attendance sheet."""
