"""Going out by HTTP: to public addresses only, never further than asked, within bounds."""
