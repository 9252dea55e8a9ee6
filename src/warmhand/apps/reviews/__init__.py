"""Review meetings: who is due, the invitation, the agenda, the record (P14, P15)."""
