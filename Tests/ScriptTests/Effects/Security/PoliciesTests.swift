import Testing

@testable import Script

@Suite("Row-level security policies")
struct PoliciesTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a policy for reading",
      earlier: "CREATE TABLE t (owner uuid)",
      sql: """
        CREATE POLICY "Own rows" ON t FOR SELECT TO authenticated USING (auth.uid() = owner)
        """,
      expected: """
        uses table public.t
        uses role authenticated
        uses function auth.uid()
        uses column public.t.owner
        creates policy "Own rows" on public.t := FOR SELECT TO authenticated USING (auth.uid() = owner)
        locks table public.t ACCESS EXCLUSIVE
        again: fails, policy "Own rows" on public.t is already there
        """),
    StatementCase(
      name: "a policy with a sub-select",
      sql: """
        CREATE POLICY p ON app.t AS RESTRICTIVE FOR ALL TO anon, service_role USING (EXISTS (SELECT 1 \
        FROM app.members m WHERE m.team = team_id AND m.who = auth.uid())) WITH CHECK (true)
        """,
      expected: """
        uses table app.t
        uses role anon
        uses role service_role
        uses table app.members
        uses column app.members.team
        uses column app.members.who
        uses function auth.uid()
        creates policy p on app.t := AS RESTRICTIVE FOR ALL TO anon, service_role USING (EXISTS \
        (SELECT 1 FROM app.members m WHERE m.team = team_id AND m.who = auth.uid())) WITH CHECK (true)
        locks table app.t ACCESS EXCLUSIVE
        locks table app.members ACCESS SHARE
        again: fails, policy p on app.t is already there
        """),
    StatementCase(
      name: "a policy changed",
      sql: "ALTER POLICY p ON t TO anon USING (false)",
      expected: """
        uses policy p on public.t
        uses role anon
        alters policy p on public.t := TO anon USING (false)
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a policy renamed",
      sql: "ALTER POLICY p ON t RENAME TO q",
      expected: """
        drops policy p on public.t
        creates policy q on public.t from p on public.t
        locks table public.t ACCESS EXCLUSIVE
        again: fails, policy p on public.t is gone
        """),
    StatementCase(
      name: "a policy dropped",
      sql: """
        DROP POLICY IF EXISTS "Own rows" ON public.t
        """,
      expected: """
        drops policy "Own rows" on public.t if exists
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a policy that was dropped before can be made again",
      earlier: "DROP POLICY IF EXISTS p ON t",
      sql: "CREATE POLICY p ON t USING (true)",
      expected: """
        uses table public.t
        creates policy p on public.t := FOR ALL TO public USING (true)
        locks table public.t ACCESS EXCLUSIVE
        """),
  ]
}
