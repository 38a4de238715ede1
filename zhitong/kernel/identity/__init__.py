"""Who serves and who is served: accounts, posts, dated appointments, sign-ins and scopes."""
