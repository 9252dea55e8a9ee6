"""The forms of records. Their fields are named as the services name them."""
