"""Deterministic projects and catalogs: the same numbers give the same bytes on every machine."""

import subprocess
from pathlib import Path


def statements(number: int) -> list[str]:
    """The six statements of one migration: a table with its index, row security, a policy, a column, a comment."""
    table = f"public.item_{number:05d}"
    return [
        f"CREATE TABLE {table} (\n"
        "  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
        "  owner_name text NOT NULL DEFAULT current_user,\n"
        "  amount numeric(12, 2) NOT NULL DEFAULT 0,\n"
        "  made_at timestamptz NOT NULL DEFAULT now()\n)",
        f"CREATE INDEX item_{number:05d}_made_at_idx ON {table} (made_at)",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY own_rows ON {table} FOR SELECT USING (owner_name = current_user)",
        f"ALTER TABLE {table} ADD COLUMN note text",
        f"COMMENT ON TABLE {table} IS 'Item {number}: it has an owner'",
    ]


def name(number: int) -> str:
    """The migration's id, in the form that every tool of the comparison accepts."""
    return f"{20200101000000 + number}_item_{number:05d}"


def script(number: int) -> str:
    """The migration as a file of plain SQL."""
    return "".join(statement + ";\n" for statement in statements(number))


def write_project(directory: Path, count: int, before: str = "", after: str = "") -> None:
    """Writes `count` migrations as SQL files, with a tool's own marks around the statements."""
    directory.mkdir(parents=True)
    for number in range(1, count + 1):
        (directory / f"{name(number)}.sql").write_text(before + script(number) + after)


def write_floor(path: Path, count: int, first: int = 1) -> None:
    """Writes the limit: a script with which psql sends each migration, its history row included, as one message."""
    lines = ["CREATE TABLE IF NOT EXISTS public.floor_history (id text PRIMARY KEY, at timestamptz DEFAULT now());"]
    for number in range(first, first + count):
        parts = ["BEGIN", *statements(number)]
        parts += [f"INSERT INTO public.floor_history (id) VALUES ('{name(number)}')", "COMMIT"]
        lines.append(" \\;\n".join(parts) + ";")
    path.write_text("\n".join(lines) + "\n")


def write_history(directory: Path, count: int, git: str) -> None:
    """A git repository of so many commits, one for each migration: a list for the programs that show histories."""
    directory.mkdir(parents=True)
    lines = []
    for number in range(1, count + 1):
        text = script(number)
        lines.append(
            f"commit refs/heads/main\ncommitter Bench <bench@example.org> {1577836800 + number} +0000\n"
            f"data {len(name(number))}\n{name(number)}\n"
            f"M 100644 inline item.sql\ndata {len(text)}\n{text}\n")
    subprocess.run([git, "init", "--quiet", "--initial-branch=main", directory], check=True)
    subprocess.run([git, "-C", directory, "fast-import", "--quiet"], input="".join(lines).encode(), check=True)


def long_script(lines: int) -> str:
    """One file of about so many lines."""
    text = ""
    number = 0
    while text.count("\n") < lines:
        number += 1
        text += script(number)
    return text


def catalog(tables: int) -> str:
    """SQL that builds so many tables of 10 columns, 3 indexes and 2 policies each."""
    return f"""
DO $$
DECLARE number integer;
BEGIN
  FOR number IN 1..{tables} LOOP
    EXECUTE format('CREATE TABLE public.stock_%s (id bigint PRIMARY KEY, owner_name text NOT NULL DEFAULT current_user,
      a text, b integer NOT NULL DEFAULT 0, c numeric(12, 2), d timestamptz DEFAULT now(), e jsonb, f uuid, g boolean, h date)',
      number);
    EXECUTE format('CREATE INDEX stock_%s_d_idx ON public.stock_%s (d)', number, number);
    EXECUTE format('CREATE INDEX stock_%s_e_idx ON public.stock_%s (b, c) WHERE g', number, number);
    EXECUTE format('ALTER TABLE public.stock_%s ENABLE ROW LEVEL SECURITY', number);
    EXECUTE format('CREATE POLICY reading ON public.stock_%s FOR SELECT USING (owner_name = current_user)', number);
    EXECUTE format('CREATE POLICY writing ON public.stock_%s FOR INSERT WITH CHECK (owner_name = current_user AND b > 0)',
      number);
    IF number % 1000 = 0 THEN COMMIT; END IF;
  END LOOP;
END $$;
"""
