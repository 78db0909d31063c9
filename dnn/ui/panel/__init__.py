"""The Streamlit component that mounts the live panel."""
