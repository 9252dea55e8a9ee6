"""Records in, prints out: charts and PDF. Pure: no framework, no clock."""
