"""Warmhand: who has earned an ask for a referral today, what to do about each client, and why."""

__version__ = "0.1.0"
