"""Quotation marks, taken off and put on as a language writes them."""


def unquoted(text: str) -> str:
    """What somebody said, without the quotation marks around it: a template puts its own."""
    bare = text.strip()
    for first, last in (("«", "»"), ('"', '"'), ("“", "”")):
        if (
            bare.startswith(first)
            and bare.endswith(last)
            and bare.count(first) <= 1 + (first == last)
        ):
            bare = bare[1:-1].strip()
    return bare


def quoted(text: str, lang: str) -> str:
    """What somebody said, between the quotation marks of the language."""
    bare = unquoted(text)
    if not bare:
        return ""
    return f"« {bare} »" if lang == "fr" else f'"{bare}"'
