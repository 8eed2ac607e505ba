"""The `assessor` command: files in, files out, and the site's own commands."""
