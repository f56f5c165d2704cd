import Script
import Testing

@Suite("Table locks")
struct LockConflictTests {
  // PostgreSQL documentation, table 13.2: rows and columns from ACCESS SHARE to ACCESS EXCLUSIVE.
  private static let table = [
    ".......x", "......xx", "....xxxx", "...xxxxx", "..xx.xxx", "..xxxxxx", ".xxxxxxx", "xxxxxxxx",
  ]

  @Test("keep each other out as the documentation's table says", arguments: LockMode.allCases)
  func conflicts(mode: LockMode) {
    let row = LockMode.allCases.map { mode.conflicts(with: $0) ? "x" : "." }.joined()
    #expect(row == Self.table[mode.rawValue - 1])
  }

  @Test("are known by the names that the server's view gives them")
  func names() {
    #expect(LockMode(catalogName: "AccessShareLock") == .accessShare)
    #expect(LockMode(catalogName: "ShareUpdateExclusiveLock") == .shareUpdateExclusive)
    #expect(LockMode(catalogName: "ShareLock") == .share)
    #expect(LockMode(catalogName: "SIReadLock") == nil)
  }
}
