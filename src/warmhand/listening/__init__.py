"""Text in, findings out: the encoder and what is heard with it. Pure: no framework, no clock."""
