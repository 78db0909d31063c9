"""The *Compare* page: kept runs, and two to six of them in step."""
