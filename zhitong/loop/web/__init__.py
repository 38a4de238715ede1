"""The loop's pages: the resident's doors, the tracking page, the departure board, the matter."""
