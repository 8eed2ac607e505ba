"""The mapping: what measures which element, and what measures nothing."""
