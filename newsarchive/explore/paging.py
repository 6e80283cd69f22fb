"""A table's pages one after another, asked of SQLite so that an index answers, and so that no row is left out or shown twice.

Datasette 0.65.5 asks for the rows after the last one by alternatives (`day < ? OR day IS NULL OR (day = ? AND id > ?)`). SQLite
sorts all of them for that: 3.8 s for each page but the first of 2 million comments. Here the same rows are those of two parts,
one after the other, each in the order of an index, which is read forwards or backwards. Rows of one time stand on the first page
in the order of the pages after it, by their keys, which Datasette forgets (2026-11-28). Only what Datasette itself writes is
changed: names of columns, parameters, known signs; nothing that somebody typed can be among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAME = r"(?:\w+|\[\w+\])"
_FILTER = (
    rf'(?:"\w+" (?:=|!=|<=?|>=?|like|not like|glob) :\w+|"\w+" is (?:not )?null|date\("\w+"\) = :\w+'
    rf"|{_NAME} (?:not )?in \(:\w+(?:, :\w+)*\)|\(\"\w+\" is (?:not )?null (?:or|and) \"\w+\" !?= ''\)"
    r"|rowid in \(select rowid from \w+ where \w+ match escape_fts\(:search\)\))"
)
_KEYS = rf"(?P<keys>\((?:\({_NAME}(?: = :\w+ and {_NAME})* > :\w+\)(?:\n  or\n)?)+\)|{_NAME} > :\w+)"  # of the rows to come
_AFTER = (
    rf"\((?P<column>{_NAME}) "
    rf"(?:(?P<sign>[<>]) :(?P<value>\w+)(?: or (?P=column) is null)? or \((?P=column) = :(?P=value) and "
    rf"|(?P<values>is not null or \((?P=column) is null and )|(?P<nulls>is null and )){_KEYS}\)?\)"
)
_ONE_KEY = re.compile(rf"\(?\(?(?P<key>{_NAME}) [<>] (?P<last>:\w+)\)?\)?")
_TABLE = rf"select (?P<columns>{_NAME}(?:, {_NAME})*) from (?P<table>{_NAME}) "
_FILTERS = rf"where (?P<filters>(?:{_FILTER} and )*)"
_ORDER = rf"order by (?P<sorted>{_NAME})(?P<desc> desc)?"
_FIRST = re.compile(_TABLE + rf"(?P<where>where {_FILTER}(?: and {_FILTER})* )?" + _ORDER + r" limit (?P<size>\d+)")
_LATER = re.compile(_TABLE + _FILTERS + _AFTER + " " + _ORDER + rf", (?P<by_key>{_NAME}(?:, {_NAME})*) limit (?P<size>\d+)")
_PLACE = re.compile(rf"(?P<before>{_TABLE}){_FILTERS}{_AFTER} ")


def table_of_first_page(sql: str) -> str | None:
    """The table, if this asks for the first page of one that is sorted by a column."""
    found = _FIRST.fullmatch(sql)
    return found["table"].strip("[]") if found else None


def in_order(sql: str, keys: Sequence[str]) -> str:
    """What asks for a first page, so that rows of one value stand in the order of their keys."""
    found = _FIRST.fullmatch(sql)
    columns = _columns(found) if found else None
    if not found or not columns or found["sorted"].strip("[]") in keys:
        return sql
    order = ", ".join(f"{column}{found['desc'] or ''}" for column in (found["sorted"], *(f"[{key}]" for key in keys)))
    return f"select {columns} from {found['table']} {found['where'] or ''}order by {order} limit {found['size']}"


def in_parts(sql: str) -> str:
    """What asks for a later page, as parts that stand in an index; anything else as it is."""
    found = _LATER.fullmatch(sql)
    columns = _columns(found) if found else None
    if not found or not columns:
        return sql
    column, value, desc, keys = found["column"], found["value"], found["desc"] or "", found["keys"]
    by_key = found["by_key"].replace(",", f"{desc},") + desc
    if desc:
        keys = keys.replace(" > ", " < ")
    head, size = f"select {columns} from {found['table']} where {found['filters']}", found["size"]
    valued, null = f"order by {column}{desc}, {by_key}", f"order by {by_key}"
    if found["nulls"]:
        parts = [f"{head}{column} is null and {keys} {null}"]
    elif found["values"]:
        parts = [f"{head}{column} is null and {keys} {null}", f"{head}{column} is not null {valued}"]
    else:
        parts = [f"{head}{_after(column, found['sign'], value, keys)} {valued}"]
        parts += [f"{head}{column} is null {null}"] if desc else []
    return " union all ".join(f"select * from ({part} limit {size})" for part in parts) + f" limit {size}"


def _after(column: str, sign: str, value: str, keys: str) -> str:
    """The condition for rows that come after one with a value; with a key of one column an index is entered at that very row."""
    if one := _ONE_KEY.fullmatch(keys):
        return f"({column}, {one['key']}) {sign} (:{value}, {one['last']})"
    return f"{column} {sign}= :{value} and ({column} {sign} :{value} or {keys})"


def from_the_first(sql: str) -> str:
    """What asks for a page's rows and those after it, for all rows that its filters let through: of these facets are to tell."""
    found = _PLACE.fullmatch(sql)
    if not found:
        return sql
    filters = found["filters"].removesuffix(" and ")
    return found["before"] + (f"where {filters} " if filters else "")


def _columns(found: re.Match[str]) -> str | None:
    """What is selected, with the column that the rows are sorted by: without it Datasette cannot say where the next page begins.

    None where a column is selected twice, which two parts would not give back so.
    """
    names = found["columns"].split(", ")
    if len(set(names)) < len(names):
        return None
    return ", ".join(names if found["sorted"] in names else [*names, found["sorted"]])
