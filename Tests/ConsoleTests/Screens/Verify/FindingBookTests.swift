import Migrations
import Schema
import Testing
import Verification

@testable import Console

@Suite("findings, now and before")
struct FindingBookTests {
  private static func finding(
    _ code: String, _ severity: Finding.Severity, _ object: String, migration: MigrationID = "001"
  ) -> Finding {
    Finding(
      code: code, severity: severity, migration: migration, object: .table("public", object),
      message: "table \(object)")
  }

  @Test("a check that comes out otherwise than the time before is better or worse")
  func changes() {
    var book = FindingBook()
    book.take(
      [
        Self.finding("evidence.missing", .failure, "a"), Self.finding("evidence.found", .pass, "b"),
        Self.finding("evidence.found", .pass, "c"),
      ], at: 1)
    #expect(book.changes == (0, 0))
    book.take(
      [
        Self.finding("evidence.found", .pass, "a"), Self.finding("evidence.differs", .failure, "b"),
        Self.finding("evidence.found", .pass, "c"),
      ], at: 2)
    #expect(book.entries.map(\.change) == [.better, .worse, nil])
    #expect(book.checkedAt == 2)
  }

  @Test("checking one migration again leaves the others as they are, in their place")
  func oneMigration() {
    var book = FindingBook()
    book.take(
      [
        Self.finding("evidence.missing", .failure, "a", migration: "001"),
        Self.finding("evidence.missing", .failure, "b", migration: "002"),
        Self.finding("evidence.missing", .failure, "c", migration: "003"),
      ], at: 1)
    book.take([Self.finding("evidence.found", .pass, "b", migration: "002")], of: "002", at: 2)
    #expect(book.entries.map(\.finding.migration) == ["001", "002", "003"])
    #expect(book.entries.map(\.change) == [nil, .better, nil])
    #expect(book.summary.failed == 2)
  }

  @Test("an expectation is the same check although it names another code and object when it holds")
  func expectations() {
    let place = FileLocation(file: "signalbox.toml", position: nil)
    var book = FindingBook()
    book.take(
      [
        Finding(
          code: "expectation.column-type", severity: .failure, object: .table("public", "a"), message: "no",
          location: place)
      ], at: 1)
    book.take(
      [Finding(code: "expectation.met", severity: .pass, message: "yes", location: place)], at: 2)
    #expect(book.entries.map(\.change) == [.better])
  }

  @Test("rows stand under headings, the worst first", arguments: FindingOrder.allCases)
  func rows(_ order: FindingOrder) {
    var book = FindingBook()
    book.take(
      [
        Self.finding("evidence.found", .pass, "a", migration: "001"),
        Self.finding("migration.pending", .warning, "b", migration: "002"),
        Self.finding("evidence.missing", .failure, "c", migration: "003"),
      ], at: 1)
    let rows = order.rows(book, passed: true)
    #expect(rows.filter(\.isHeading).count == 3)
    #expect(rows.compactMap(\.entry?.finding.severity) == [.failure, .warning, .pass])
    #expect(rows.first?.isHeading == true)
    #expect(order.rows(book, passed: false).compactMap(\.entry?.finding.severity) == [.failure, .warning])
  }
}
