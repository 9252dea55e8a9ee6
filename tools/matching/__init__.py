"""Makes what `warmhand.matching` ships ready: the directions of its own sentences and titles."""
