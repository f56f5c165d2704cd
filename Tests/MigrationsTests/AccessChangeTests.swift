import Schema
import Testing

@testable import Migrations

@Suite("Changes of access")
struct AccessChangeTests {
  private typealias Reach = AccessChange.Reach
  private static let limits = ObjectIdentity.table("public", "plan_limits")
  private static let all = Reach("all", words: "all rows")
  private static let own = Reach("own", words: "own rows by user_id")
  private static let nothing = Reach("no policy", words: "none (no policy)")

  private static func cell(
    _ role: String, _ command: String, _ before: Reach?, _ after: Reach,
    _ direction: AccessChange.Direction, of object: ObjectIdentity = limits
  ) -> AccessChange.Cell {
    AccessChange.Cell(
      object, role: role, command: command, before: before, after: after, direction: direction)
  }

  private static func forecast(_ steps: [AccessChange.Cell]...) -> AccessOutlook {
    AccessOutlook(
      .prediction,
      steps: steps.enumerated().map {
        AccessOutlook.Step(MigrationID("00\($0 + 1)_a"), change: AccessChange($1))
      })
  }

  @Test("what widens comes first, and commands of which the same is to be said are named together")
  func sentences() {
    let change = AccessChange([
      Self.cell("authenticated", "SELECT", Self.all, Self.own, .narrows),
      Self.cell("authenticated", "UPDATE", Self.all, Self.own, .narrows),
      Self.cell("anon", "SELECT", Self.nothing, Self.all, .widens),
      Self.cell("anon", "DELETE", Self.nothing, Self.all, .widens),
      Self.cell("authenticated", "DELETE", Self.nothing, Self.own, .widens),
      Self.cell("authenticated", "SELECT", nil, Self.own, .appears, of: .table("public", "notes")),
      Self.cell("service_role", "SELECT", nil, Self.all, .appears, of: .table("public", "notes")),
      Self.cell("service_role", "INSERT", nil, Self.all, .appears, of: .table("public", "notes")),
    ])
    #expect(
      change.sentences.map { "\($0.direction.word) \($0.text)" } == [
        "widens exposed: anon can now read and delete from public.plan_limits: none (no policy) → all rows",
        "widens authenticated DELETE on public.plan_limits: none (no policy) → own rows by user_id",
        "narrows authenticated SELECT, UPDATE on public.plan_limits: all rows → own rows by user_id",
        "new new public.notes: authenticated SELECT own rows by user_id; service_role SELECT, INSERT all rows",
      ])
  }

  @Test("what one migration takes and another gives back does not widen; what goes further does")
  func widenings() {
    let given = Self.forecast(
      [Self.cell("authenticated", "SELECT", Self.all, Self.nothing, .narrows)],
      [Self.cell("authenticated", "SELECT", Self.nothing, Self.own, .widens)])
    #expect(given.widenings.isEmpty)
    let further = Self.forecast(
      [Self.cell("authenticated", "SELECT", Self.own, Self.nothing, .narrows)],
      [Self.cell("authenticated", "SELECT", Self.nothing, Self.all, .widens)])
    #expect(further.widenings == [Self.cell("authenticated", "SELECT", Self.own, Self.all, .widens)])
  }

  @Test("own rows of what is new in the plan are no widening, everybody's rows are")
  func newObjects() {
    let new = Self.cell("service_role", "SELECT", nil, Self.all, .appears)
    let own = Self.cell("authenticated", "INSERT", Self.nothing, Self.own, .widens)
    #expect(Self.forecast([new], [own]).widenings.isEmpty)
    let exposed = Self.cell("anon", "SELECT", nil, Self.all, .widens)
    #expect(Self.forecast([new, exposed]).widenings == [exposed])
  }

  @Test("a role is acknowledged by its object, or by how many objects it is about")
  func acknowledgement() {
    let one = AccessAcknowledgement([
      Self.cell("anon", "SELECT", Self.nothing, Self.all, .widens),
      Self.cell("anon", "DELETE", Self.nothing, Self.all, .widens),
    ])
    #expect(one.phrases == ["anon public.plan_limits"])
    #expect(one.unacknowledged(by: ["anon  public.plan_limits"]).isEmpty)
    #expect(
      one.unacknowledged(by: ["anon", "anon 1 objects", "authenticated public.plan_limits"]).count == 2)
    let two = AccessAcknowledgement(
      one.widenings + [
        Self.cell("anon", "SELECT", Self.nothing, Self.all, .widens, of: .table("public", "notes"))
      ])
    #expect(two.phrases == ["anon 2 objects"])
    #expect(two.unacknowledged(by: ["anon 2 objects"]).isEmpty)
    #expect(two.unacknowledged(by: ["anon public.notes"]).map(\.object) == [Self.limits, Self.limits])
    #expect(AccessAcknowledgement([]).phrases.isEmpty)
  }

  @Test("what a migration widens beyond its announcement is in excess, what others announced is no excuse")
  func limit() {
    let announced = Self.cell("anon", "SELECT", Self.nothing, Self.own, .widens)
    let limit = AccessLimit(Self.forecast([announced], []))
    #expect(limit.excess(of: AccessChange([announced]), by: "001_a").isEmpty)
    let more = Self.cell("anon", "SELECT", Self.nothing, Self.all, .widens)
    #expect(limit.excess(of: AccessChange([more]), by: "001_a") == [more])
    #expect(limit.excess(of: AccessChange([announced]), by: "002_a") == [announced])
    let narrower = Self.cell("anon", "DELETE", Self.all, Self.own, .narrows)
    #expect(limit.excess(of: AccessChange([narrower]), by: "001_a").isEmpty)
    let generous = AccessLimit(Self.forecast([more]))
    #expect(generous.excess(of: AccessChange([announced]), by: "001_a").isEmpty)
  }
}
