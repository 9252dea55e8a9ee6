"""Pages of review meetings: invitation, agenda, record; and the page on which a client picks."""
