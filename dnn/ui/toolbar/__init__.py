"""The row above the panel: transport, presets, sharing and export."""
