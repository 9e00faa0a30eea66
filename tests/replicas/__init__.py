"""Two services and two workers on one PostgreSQL, behind the proxy as it ships."""
