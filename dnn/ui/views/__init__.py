"""The pages, one file each. (Streamlit takes a folder named pages beside the main script for its own affair.)"""
