import Testing

@testable import Script

@Suite("Deep syntax trees")
struct DeepParsingTests {
  @Test(
    "are never reckoned too flat",
    arguments: [
      ("select 1", 1), ("select a + b + c + d", 4), ("select f(f(f(f(1))))", 8), ("select - - - - - 1", 5),
      ("select a[b[c[d]]]", 6), ("select 1 union select 2 union select 3", 5), ("select not not not true", 4),
    ])
  func bound(_ text: String, _ least: Int) {
    #expect(ParseDepth.bound(of: text) >= least)
  }

  @Test("are looked for in the bodies of functions")
  func bodies() {
    let chain = String(repeating: "1+", count: 500) + "1"
    #expect(ParseDepth.bound(of: "do $x$ begin perform \(chain); end $x$") >= 500)
    #expect(ParseDepth.bound(of: "do $x$ begin execute $y$select \(chain)$y$; end $x$") >= 500)
    #expect(ParseDepth.bound(of: "create function f() as 'select \(chain)' language sql") >= 500)
    #expect(ParseDepth.bound(of: "do $x$ select \(chain)") >= 500)
  }

  @Test("are not suspected in long flat statements")
  func flat() {
    let rows = (0..<5_000).map { "(\($0), 'x', now())" }.joined(separator: ", ")
    #expect(ParseDepth.bound(of: "insert into t values \(rows)") < 20)
    let columns = (0..<1_000).map { "c\($0) numeric(10, 2) not null default 0" }.joined(separator: ",\n")
    #expect(ParseDepth.bound(of: "create table t (\(columns))") < 30)
  }

  @Test("of tens of thousands of operators are parsed")
  func deep() {
    let chain = String(repeating: "1+", count: 60_000) + "1"
    let script = ScriptParser.parse("select \(chain); select 2")
    #expect(script.problems.isEmpty)
    #expect(script.statements.map { $0.opacity == nil } == [true, true])
  }

  @Test("beyond all measure are opaque, and the rest of the file is not")
  func tooDeep() {
    let chain = String(repeating: "1+", count: 600_000) + "1"
    let script = ScriptParser.parse("select \(chain); select 2")
    #expect(script.problems.isEmpty)
    #expect(script.statements.map { $0.opacity == nil } == [false, true])
  }

  @Test("get the stack that they are promised")
  func stack() {
    func depth(_ level: Int) -> Int { level == 0 ? 0 : 1 + depth(level - 1) }
    #expect(LargeStack.run(size: 256 << 20) { depth(400_000) } == 400_000)
  }

  @Test("a stack that cannot be had is no crash")
  func noStack() {
    #expect(LargeStack.run(size: 1 << 50) { 1 } == nil)
  }
}
