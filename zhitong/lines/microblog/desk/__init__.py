"""The microblog desk: notes are drafted, looked at by somebody else, put on a day, published."""
