"""The engine: what a flow file may say, its validation, and a session that runs it.

- `schema`: the keys of a flow file, as types; `validation`: that it names only what there is
- `content`: finds and loads flows
- `providers`: what features provide to flows, by name
- `pages`: which pages, fields and options show; `conditions`: whether one holds
- `session`: answers taken and moving between pages
- `draft_session`: a session with its draft and its entry in the journal
- `request`: which session is wanted
- `student`: what is known of the student; `background` gathers it from the journal
- `context`: the answers so far and what is known, as panels and drafts read them
- `choices`: what there is to choose from: objectives, proofs, skills, people
- `answer_parsing`: from what was typed or picked to an answer
- `panel`: the lines of a panel; `remarks`: what is noticed under a field
"""
