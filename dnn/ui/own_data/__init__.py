"""Your own data on the page: a table that is imported, edited, and kept in the browser tab."""
