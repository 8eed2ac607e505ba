"""The words of the product as frozen values, and the checks on them.

Nothing here knows of files, databases or the web; everything else knows of this.
"""
