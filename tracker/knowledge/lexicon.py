"""The lexicon of a language: every phrase with a role, its outcome, and whether it requires people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.model import KnowledgeError, Outcome

VERB_FORMS = ("harm.base", "harm.s", "harm.ing", "harm.past", "harm.done")
COUNTED = ("people", "count", "things")
FORMER = "former"  # a former value: the 30 of "rose to 62 from 30"
ENGINE_ROLES = (*COUNTED, FORMER, "other.thing", "date", "word", "Name", "mark", "opens", "quote", "break", "adverb")
# The sets of roles that the engine assigns. Each is one object, here and in `letters`, for fast lookup.
SINGLE = {role: frozenset({role}) for role in ENGINE_ROLES}
THING, ACTING, MARK_OPENS, BREAK_OPENS, LIVES, FOLK, NATION = (
    frozenset(roles.split())
    for roles in (
        "word thing",
        "word acting",
        "mark opens",
        "break opens",
        "people lives",
        "people folk",
        "people nation",
    )
)
PAIRED = (THING, ACTING, MARK_OPENS, BREAK_OPENS, LIVES, FOLK, NATION)
ED = "harm.ed"  # past or participle: the context decides
HARM_ROLES = (*VERB_FORMS, ED, "harm.die", "harm.state", "harm.unit", "harm.event", "harm.toll")
# Roles that include ED -> the roles as past form, and the roles as participle.
Voiced = Mapping[frozenset[str], tuple[frozenset[str], frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of the lexicon: its roles, its outcome, and whether it requires people (`strict`)."""

    roles: frozenset[str]
    outcome: Outcome | None = None
    strict: bool = False


def lexicon_of(raw: Mapping[str, Any]) -> dict[str, Word]:
    """Every phrase with a role. The roles of a phrase in several lists are joined."""
    lexicon: dict[str, Word] = {}
    for phrase, roles, outcome, strict in _entries(raw):
        known = lexicon.get(phrase)
        if known is None:
            lexicon[phrase] = Word(roles, outcome, strict)
        else:
            both = known.outcome is not None and outcome is not None
            strict = known.strict and strict if both else known.strict or strict
            lexicon[phrase] = Word(known.roles | roles, known.outcome or outcome, strict)
    same = {roles: roles for roles in (*SINGLE.values(), *PAIRED)}
    return {
        phrase: Word(same.setdefault(word.roles, word.roles), word.outcome, word.strict)
        for phrase, word in lexicon.items()
    }


def _entries(raw: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[str], Outcome | None, bool]]:
    for harm in raw["harm"]:
        outcome = Outcome(harm["outcome"])
        for phrase, roles, strict in _verbs(harm):
            yield phrase, roles, outcome, strict
        for key, role in (("states", "harm.state"), ("units", "harm.unit"), ("events", "harm.event")):
            for phrase in harm.get(key, ()):
                yield phrase, frozenset({role}), outcome, False
        for phrase in harm.get("tolls", ()):
            yield phrase, frozenset({"harm.toll"}), outcome, False
    for role, words in raw["tags"].items():
        for phrase in words:
            yield phrase, frozenset({role}), None, False


def _verbs(harm: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[str], bool]]:
    """The forms of the verbs of an outcome with their roles, and whether they require people."""
    for prefix, strict in (("", False), ("strict_", True)):
        for form, phrases in harm.get(f"{prefix}forms", {}).items():
            yield from ((phrase, frozenset({_role(form)}), strict) for phrase in phrases)
        for verb in harm.get(f"{prefix}verbs", ()):
            yield from ((phrase, roles, strict) for phrase, roles in _forms(verb))
    for verb in harm.get("intransitive", ()):
        yield from ((phrase, frozenset({"harm.die"}), False) for phrase in set(verb.split("/")) - {"x"})


def _role(form: str) -> str:
    """The role of the forms of a verb: "done" is `harm.done`."""
    if f"harm.{form}" not in HARM_ROLES:
        known = ", ".join(role.removeprefix("harm.") for role in HARM_ROLES)
        raise KnowledgeError("harm.toml", f"forms.{form}", f"is none of {known}")
    return f"harm.{form}"


def _forms(verb: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The forms of a verb "base/s/ing/past/done" ("x": none). If there are four, the participle equals the past form.

    A form that is both past and participle has the role `harm.ed` until its sentence decides.
    """
    forms = verb.split("/")
    roles: dict[str, set[str]] = {}
    for form, role in zip(forms, VERB_FORMS, strict=False):
        roles.setdefault(form, set()).add(role)
    if len(forms) == 4:
        roles[forms[3]].discard("harm.past")
        roles[forms[3]].add("harm.ed")
    roles.pop("x", None)
    for form, found in roles.items():
        yield form, frozenset(found)
