import Script
import Testing

@Suite("The comparable forms of a statement")
struct ComparableFormTests {
  @Test(
    "by tokens are equal whatever comments, white space and case say",
    arguments: [
      ("SELECT 1", "select\n  1"), ("SELECT 1;", "SELECT 1"),
      ("CREATE TABLE a (x int)", "create /* why */ table a ( x int -- a number\n)"),
      ("SELECT a->>'b'", "SELECT a ->> 'b'"), ("SELECT 'A'", "select 'A'"),
    ])
  func sameTokens(left: String, right: String) {
    #expect(ComparableForm.byTokens(left) == ComparableForm.byTokens(right))
  }

  @Test(
    "by tokens tell apart what a server may tell apart",
    arguments: [
      ("SELECT 'A'", "SELECT 'a'"), (#"SELECT "A""#, #"SELECT "a""#), ("SELECT 1", "SELECT 2"),
      ("SELECT - -1", "SELECT --1\n"), ("SELECT 'a  b'", "SELECT 'a b'"), ("SELECT a < - b", "SELECT a <- b"),
    ])
  func differentTokens(left: String, right: String) {
    #expect(ComparableForm.byTokens(left) != ComparableForm.byTokens(right))
  }

  @Test(
    "by tree make other spellings equal",
    arguments: [
      ("CREATE TABLE a (x int)", "CREATE TABLE a (x integer)"), ("SELECT (1 + 2)", "SELECT 1 + 2"),
      ("SELECT a FROM b", "SELECT a\nFROM  b -- all of it"),
      ("DO $$ BEGIN NULL; END $$", "DO $$ BEGIN -- nothing\n  NULL;\nEND $$"),
      (#"SELECT "a""#, "SELECT a"),
    ])
  func sameTree(left: String, right: String) {
    #expect(ComparableForm.byTree(left) == ComparableForm.byTree(right))
  }

  @Test(
    "by tree tell different statements apart",
    arguments: [
      ("SELECT 1", "SELECT 2"), ("SELECT 1.5", "SELECT 1.6"), ("SELECT 'a'", "SELECT 'b'"),
      ("SELECT true", "SELECT false"), ("CREATE TABLE a (x int)", "CREATE TABLE IF NOT EXISTS a (x int)"),
      ("SELECT a FROM b WHERE c", "SELECT a FROM b WHERE NOT c"), ("SELECT 1, 2", "SELECT 2, 1"),
      ("GRANT SELECT ON a TO b", "GRANT SELECT ON a TO b WITH GRANT OPTION"),
      (
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1 '"
      ),
      ("DO $$ BEGIN PERFORM 1; END $$", "DO $$ BEGIN PERFORM 2; END $$"),
      ("ALTER TABLE a ENABLE ROW LEVEL SECURITY", "ALTER TABLE a FORCE ROW LEVEL SECURITY"),
      ("CREATE POLICY p ON t FOR SELECT USING (true)", "CREATE POLICY p ON t FOR UPDATE USING (true)"),
    ])
  func differentTree(left: String, right: String) {
    #expect(ComparableForm.byTree(left) != ComparableForm.byTree(right))
  }

  @Test("by tree fall back to the tokens where nothing can be parsed, and hold the deepest nesting")
  func hardCases() {
    #expect(ComparableForm.byTree("NOT SQL  at all") == ComparableForm.byTokens("not sql at all"))
    let deep = "SELECT " + Array(repeating: "1", count: 6_000).joined(separator: " + ")
    #expect(ComparableForm.byTree(deep) == ComparableForm.byTree(deep + " -- deep"))
  }
}
