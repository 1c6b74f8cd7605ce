"""One definition of each command: it feeds key, footer, help and palette.

A command's id is its binding's id (so a student can remap it in settings.toml) and the key of
its words in `data/wording/keys.toml`: what the footer says, and a tooltip that tells more. An id
`AREA:NAME` has its words under NAME in `data/wording/AREA.toml`.

Which key a command has stands in the `BINDINGS` of its screen, and in `screens/lab/menu.py` for
what the lab opens.
"""

from dataclasses import replace

from textual.binding import Binding
from textual.dom import DOMNode

from coach.util.wording import Wording


def key(
    command: str, keys: str, action: str, *, show: bool = True, priority: bool = False
) -> Binding:
    """The binding of `command`; its words are put in by `translate`."""
    return Binding(keys, action, command, show=show, priority=priority, id=command)


def translate(node: DOMNode, lang: str) -> None:
    """Puts the words of `lang` in the bindings of `node`: footer label and tooltip."""
    bindings = node._bindings.key_to_bindings  # Textual has no public way to label at run time.
    for pressed, found in bindings.items():
        bindings[pressed] = [_labelled(binding, lang) for binding in found]


def _labelled(binding: Binding, lang: str) -> Binding:
    area, _, name = (binding.id or "").rpartition(":")
    say = Wording(area or "keys", lang)
    if not name or not say.has(name):
        return binding
    return replace(binding, description=say(name), tooltip=say(f"{name}.tip"))
