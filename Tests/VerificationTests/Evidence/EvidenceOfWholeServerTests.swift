import Migrations
import Schema
import Script
import Testing
import Verification

@Suite("Evidence of what all databases of a server have in common")
struct EvidenceOfWholeServerTests {
  private let role = SchemaObject(identity: ObjectIdentity(.role, name: "app"))

  @Test(
    "a role that another database's migrations may have made does not make a pending migration partly there")
  func roleOfAnotherDatabase() {
    let files = [
      migration("001", [creates(table("a"))]), migration("002", [creates(role)], [creates(table("b"))]),
    ]
    #expect(summary(files, [table("a"), role]) == "001 1/1, 002 0/1")
    #expect(summary(files, [table("a"), role, table("b")]) == "001 1/1, 002 2/2")
    #expect(summary(files, [table("a"), table("b")]) == "001 1/1, 002 1/2")
  }

  @Test("a role alone proves nothing, but that it is missing shows that its migration is not in")
  func roleAlone() {
    let files = [migration("001", [creates(table("a"))]), migration("002", [creates(role)])]
    #expect(summary(files, [table("a"), role]) == "001 1/1, 002 -")
    #expect(summary(files, [table("a")]) == "001 1/1, 002 0/1")
  }

  @Test("a role that is gone may have been dropped for another database")
  func droppedRole() {
    let files = [
      migration("001", [creates(role)], [creates(table("a"))]),
      migration("002", [drops(role)], [creates(table("b"))]),
    ]
    #expect(summary(files, [table("a")]) == "001 1/1, 002 0/1")
    #expect(summary(files, [role, table("a")]) == "001 2/2, 002 0/2")
    #expect(summary(files, [table("a"), table("b")]) == "001 1/1, 002 2/2")
  }

  @Test("what another database's migrations have changed of a role is held against nobody")
  func changedElsewhere() {
    let before = "CREATE TABLE a (); CREATE ROLE app"
    let files = [parsed("001", before), parsed("002", "CREATE TABLE b (); ALTER ROLE app LOGIN")]
    var changed = role
    changed.definition = "LOGIN"
    #expect(summary(files, [table("a"), changed]) == "001 2/2, 002 0/1")
  }

  @Test("a role of the same name with other attributes says nothing of a migration that is not in")
  func otherRole() {
    var other = role
    other.definition = "LOGIN CREATEDB"
    let files = [parsed("001", "CREATE ROLE app; ALTER ROLE app CREATEROLE; CREATE TABLE a ()")]
    #expect(summary(files, [other]) == "001 0/1")
  }

  @Test("memberships and settings of roles belong to the whole server; those for one database do not")
  func membershipsAndSettings() {
    let member = SchemaObject(identity: .grant("MEMBER", to: "app", on: ObjectIdentity(.role, name: "team")))
    #expect(summary([migration("001", [creates(member)])], [member]) == "001 -")
    let files = [parsed("001", "ALTER ROLE app SET search_path TO public")]
    let setting = ObjectIdentity(.setting, name: "search_path", signature: "role app")
    #expect(summary(files, [SchemaObject(identity: setting, definition: "public")]) == "001 -")
  }
}
