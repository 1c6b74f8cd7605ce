"""The internship: its weeks, objectives and weeks off site.

- `timeline`: which weeks are told, missed, to come; which internship is meant
- `objectives`: what each week brought to them
- `closing`: ends an internship or opens it again; `off_site`: a week away
"""
