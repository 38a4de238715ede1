"""Tables in and out, as CSV and Excel: nothing in them is an order or breaks the reader."""
