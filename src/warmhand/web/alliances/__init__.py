"""Pages of alliances, enquiries for what we don't offer, and the ledger (P36-P38)."""
