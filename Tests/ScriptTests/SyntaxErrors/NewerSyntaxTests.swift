import Testing

@testable import Script

@Suite("Syntax that is newer than the parser")
struct NewerSyntaxTests {
  private static let version16 = [
    "select 1_000", "select 0xFF", "select 0o17", "select 0b1_01", "select 1_0.5e1_0",
    "select * from (select 1)",
    "select * from (values (1))", "select x is json object", "select x is not json",
    "select json_object('a': 1)",
    "select json_object('a' value 1 absent on null)", "select json_array(1, f(2) null on null)",
    "select json_objectagg(k: v)", "select json_arrayagg(v order by v absent on null)",
    "select xmlserialize(document x as text indent)", "select xmlserialize(document x as text no indent)",
    "grant a to b with inherit true", "grant a to b with set false", "grant a to b with admin true",
    "grant a to b with admin option, inherit false", "revoke inherit option for a from b",
    "create table t (a text storage external)", "create statistics on a, b from t", "reindex database",
  ]

  private static let version17 = [
    "merge into t using s on true when matched then delete returning *",
    "merge into t using s on true when not matched by source then delete",
    "with m as (merge into t using s on true when matched then delete returning *) select * from m",
    "select * from json_table(x, '$[*]' columns (a int path '$.a'))",
    "select json_value(x, '$.a' returning int default 0 on error)", "select json_query(x, '$' with wrapper)",
    "select json_exists(x, '$' passing 1 as a)", "alter table t alter column a set expression as (b + 1)",
    "select now() at local", "alter table t set access method default",
    "alter table t alter column a set statistics default",
  ]

  private static let version18 = [
    "create table t (a int, b int generated always as (a * 2) virtual)",
    "create table t (a int, b int generated always as (a * (2)))",
    "create table t (a int, b int generated always as (a * 2) not null, c int)",
    "create table t (a int check (a > 0) not enforced)",
    "create table t (a int, constraint c check (a > 0) not enforced)",
    "create table t (a int, constraint c check (a > 0) enforced)",
    "alter table t alter constraint c not enforced", "alter table t alter constraint c no inherit",
    "alter table t alter constraint c inherit", "create table t (a int, constraint n not null a)",
    "create table t (a int, not null a)", "alter table t add constraint n not null a not valid",
    "alter table t add not null a",
    "create table t (id int, v daterange, primary key (id, v without overlaps))",
    "create table t (id int, v daterange, foreign key (id, period v) references u (id, period v))",
    "update t set a = 1 returning with (old as o, new as n) o.a, n.a", "vacuum only t", "analyze only t",
    "alter default privileges grant select on large objects to x",
  ]

  private static let version19 = [
    "alter table t split partition p into (partition a for values in (1), partition b for values in (2))",
    "alter table t merge partitions (a, b) into c", "repack t", "create property graph g vertex tables (t)",
    "select a from t group by all", "select lag(a) ignore nulls over () from t",
    "insert into t values (1) on conflict (a) do select returning *",
    "update t for portion of v from 1 to 2 set a = 1", "wait for lsn '0/1'",
  ]

  private static let all =
    version16.map { (16, $0) } + version17.map { (17, $0) } + version18.map { (18, $0) }
    + version19.map { (19, $0) }

  @Test("is unknown, not in error, and its version is told", arguments: all)
  func unknown(_ version: Int, _ text: String) {
    let script = ScriptParser.parse("select 1;\n\(text);\nselect 2")
    #expect(script.problems.map(\.kind) == [.unknownSyntax])
    #expect(script.problems.first?.message.contains("PostgreSQL \(version);") == true)
    #expect(script.problems.first?.position.line == 2)
    #expect(script.statements.count == 3)
    #expect(script.statements[1].opacity != nil)
    #expect(script.statements[2].opacity == nil)
  }

  @Test(
    "is not found where it only resembles it",
    arguments: [
      "select 1__0", "select 0xG", "select 12abc", "select 0b2", "select json_objects('a': 1)",
      "create table t (a int enforce)", "select x at locale", "create table t (a int virtual)",
      "select * from (select 1", "grant a to b with everything",
    ])
  func resembling(_ text: String) {
    #expect(ScriptParser.parse(text).problems.map(\.kind) == [.syntaxError])
  }
}
