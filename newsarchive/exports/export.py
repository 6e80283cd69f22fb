"""One export, from the catalogue to a file that is there only when it is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from newsarchive.catalogue.temporary import keep_inside
from newsarchive.errors import UsageError
from newsarchive.exports.forms import FORMS
from newsarchive.exports.tables import TABLES, Scope, Table, names, rows


def export(catalogue: Path, file: Path, *, table: Table | None, scope: Scope) -> list[str]:
    """Write the rows of `scope` to `file`, in the form that its ending names; returns what there is to say of it.

    Raises UsageError for another ending, a file that is there, a CSV file without a table, and a site that is not in the archive.
    """
    form_of = FORMS.get(file.suffix.lower())
    if form_of is None:
        raise UsageError(f"{file.name}: the ending says in which form; it may be {', '.join(FORMS)}")
    if file.exists():
        raise UsageError(f"{file} is there already; remove it, or name another file")
    if table is None and file.suffix.lower() == ".csv":
        raise UsageError(f"a CSV file holds one table: say --table {' or --table '.join(TABLES)}")
    part = file.with_name(f"{file.name}.part")
    said = []
    with closing(sqlite3.connect(f"{catalogue.as_uri()}?mode=ro", uri=True)) as connection:
        keep_inside(connection, catalogue.parent)
        if scope.site_id and connection.execute("SELECT 1 FROM sites WHERE id = ?", [scope.site_id]).fetchone() is None:
            raise UsageError(f"there is no site {scope.site_id!r} in the archive; `newsarchive sites` lists them")
        connection.execute("BEGIN")  # one moment of the catalogue, though a crawl may be writing
        form = form_of(part)
        try:
            for one in [table] if table else TABLES:
                count = form.write(one, names(connection, one), rows(connection, one, scope))
                said.append(f"{count} {one}")
            remark = form.close()
        except BaseException:  # an interrupt too: half a file is not left to look like a whole one
            part.unlink(missing_ok=True)
            raise
    part.replace(file)
    return [f"{file}: {' and '.join(said)}", *([remark] if remark else [])]
