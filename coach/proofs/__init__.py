"""Proofs (rows of what a student did), how strong they are, and the skills they show.

- `proof`: one proof, its strength, ranking
- `all_proofs`: every proof of the journal
- `completions`: what later sessions added to a proof
- `skills`: the evidence for each skill; `skill_list`: the built-in names
"""
