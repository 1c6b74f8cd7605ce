"""Reading and writing French and English sentences: figures, vagueness, care, verbs.

- `tokenizer`: a text as words, numbers and marks; `lexicon`: lists of words found in it
- `classifier`: whether a sentence is measured, vague, blaming, varnished
- `nudges`: the questions asked under a field
- `care`: which words call for the line that points to a person to talk to
- `sentences`: free answers fitted into whole sentences; `opening`: how a story opens
- `verbs`: the form that a CV gives to a verb
- `figures`: the figure of an impact, short
- `quotes`: quotation marks
"""
