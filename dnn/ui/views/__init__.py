"""The pages, one file each. (A folder named pages beside the main script would be read by Streamlit itself.)"""
