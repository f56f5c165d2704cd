import Schema
import Testing

@testable import Script

@Suite("What is known of the schema")
struct KnownSchemaTests {
  private let table = ObjectIdentity.table("public", "t")
  private let view = ObjectIdentity(.view, schema: "public", name: "v")
  private let column = ObjectIdentity.column("public", "t", "a")

  @Test("an object that comes again under a dropped one's name does not hang on what that hung on")
  func madeAgain() {
    var known = KnownSchema()
    known.insert(table)
    known.insert(view, dependingOn: [table])
    known.remove(view)
    known.insert(view)
    #expect(known.closure(ofDropping: table, cascade: true) == [table])
    known.insert(view, dependingOn: [table])
    #expect(known.closure(ofDropping: table, cascade: true) == [view, table])
    known.remove(table)
    known.insert(table)
    #expect(known.closure(ofDropping: table, cascade: true) == [table])
  }

  @Test("a renamed object keeps what hangs on it and what it hangs on")
  func renamed() {
    var known = KnownSchema()
    known.insert(table)
    known.insert(column, partOf: [table])
    known.insert(view, dependingOn: [column])
    let other = ObjectIdentity.column("public", "t", "b")
    known.rename(column, to: other)
    #expect(known.closure(ofDropping: table, cascade: true) == [view, other, table])
    known.remove(other)
    #expect(known.closure(ofDropping: table, cascade: true) == [table])
  }

  @Test("a sequence that belongs to no column any more stays when the column goes")
  func released() {
    var known = KnownSchema()
    let sequence = ObjectIdentity(.sequence, schema: "public", name: "s")
    known.insert(column)
    known.insert(sequence, partOf: [column])
    #expect(known.closure(ofDropping: column, cascade: false) == [sequence, column])
    known.releaseOwnership(of: sequence)
    #expect(known.closure(ofDropping: column, cascade: false) == [column])
  }
}
