"""Inbound webhooks: keep the raw bytes, check who sent them, put them into the inbox, answer."""
