"""Figures: functions from data to a Plotly figure. Nothing here trains, and nothing is shown."""
