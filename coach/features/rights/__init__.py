"""What the law gives an intern in France: allowance, length, missions; dated figures.

- `rules`: the law as dated data; `own_rates`: newer rates of the student
- `case`: what is known of the internship, its hours; `answers` reads it from a session
- `allowance`: whether it is due, since when, how much; `check`: length and the rest
- `missions`: the missions against what the law forbids
- `sentences`: money, hours, days and sources said; `pay_lines`: the allowance and the length
- `panels`: beside the questions; `summary`: in brief; `document`: to go through with the school
"""
