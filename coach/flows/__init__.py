"""The engine: what a flow file may say, its validation, and a session that runs it."""
