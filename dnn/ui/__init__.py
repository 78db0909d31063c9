"""The page: widgets, session and live view. The only part that knows Streamlit."""
