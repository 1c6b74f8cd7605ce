"""`coach`: a terminal coach that turns an internship, good or bad, into a career.

This package is the domain: it knows no terminal and imports no Textual.
"""

__version__ = "0.1.0"
