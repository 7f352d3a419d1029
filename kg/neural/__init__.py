"""A trained reader of text: nested entities and the relations between them."""

READING = "reading"
"""Where a Doc keeps, in ``user_data``, what the model made of its text."""
