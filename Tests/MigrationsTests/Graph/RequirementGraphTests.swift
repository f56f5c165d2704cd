import Schema
import Script
import Testing

@testable import Migrations

@Suite("The graph of requirements")
struct RequirementGraphTests {
  private static let telemetry = ObjectIdentity.table("public", "telemetry")
  private static let userID = ObjectIdentity.column("public", "telemetry", "user_id")

  private func edges(_ graph: RequirementGraph) -> [String] {
    graph.requirements.map { "\($0.from) → \($0.to)" }
  }

  @Test(
    "a migration needs the one that creates what it uses, alters or drops",
    arguments: [EffectAction.uses, .alters, .drops])
  func inferred(action: EffectAction) {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry)]),
      migration("002", [Effect(action, Self.telemetry)]),
    ])
    #expect(edges(graph) == ["002 → 001"])
    #expect(
      graph.requirements.first?.reasons == [.uses(Self.telemetry, at: SourcePosition(line: 1, column: 1))])
  }

  @Test("what the platform gives, what a file makes itself and what comes later gives no requirement")
  func noRequirement() {
    let graph = RequirementGraph([
      migration("001", [Effect(.uses, .table("auth", "users")), Effect(.uses, Self.telemetry)]),
      migration("002", [Effect(.creates, Self.telemetry), Effect(.alters, Self.telemetry)]),
    ])
    #expect(edges(graph).isEmpty)
  }

  @Test("a part of a table needs the table, and a user of the part needs its maker")
  func parts() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry)]),
      migration("070", [Effect(.creates, Self.userID, when: .ifNotExists)]),
      migration("071", [Effect(.uses, Self.userID)]),
    ])
    #expect(edges(graph) == ["070 → 001", "071 → 001", "071 → 070"])
    #expect(
      graph.reducedEdges() == [ReducedEdge(from: "070", to: "001"), ReducedEdge(from: "071", to: "070")])
  }

  @Test("an object of a schema needs the schema's maker")
  func schemas() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, ObjectIdentity(.schema, name: "app"))]),
      migration("002", [Effect(.creates, .table("app", "t"))]),
    ])
    #expect(edges(graph) == ["002 → 001"])
  }

  @Test("of two that create a thing if it is missing, the first is its maker")
  func ifNotExists() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry, when: .ifNotExists)]),
      migration("002", [Effect(.creates, Self.telemetry, when: .ifNotExists)]),
      migration("003", [Effect(.alters, Self.telemetry)]),
    ])
    #expect(edges(graph) == ["003 → 001"])
  }

  @Test("a file that makes a thing if it is missing needs no other for it")
  func ownIfNotExists() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry, when: .ifNotExists)]),
      migration(
        "002", [Effect(.creates, Self.telemetry, when: .ifNotExists), Effect(.alters, Self.telemetry)]),
    ])
    #expect(edges(graph).isEmpty)
  }

  @Test("what may or may not be made or dropped leaves the first maker")
  func guarded() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry)]),
      migration("002", [Effect(.creates, Self.telemetry, when: .guarded("?"))]),
      migration("003", [Effect(.drops, Self.telemetry, when: .guarded("?"))]),
      migration("004", [Effect(.alters, Self.telemetry)]),
    ])
    #expect(edges(graph) == ["003 → 001", "004 → 001"])
  }

  @Test("a late-bound use gives no requirement")
  func lateBound() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry)]),
      migration("002", [Effect(.uses, Self.telemetry, isLateBound: true)]),
    ])
    #expect(edges(graph).isEmpty)
  }

  @Test("a replaced function needs its first maker, and its users the last")
  func orReplace() {
    let function = ObjectIdentity.function("public", "f", "uuid")
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, function)]),
      migration("002", [Effect(.creates, function, when: .orReplace)]),
      migration("003", [Effect(.uses, function)]),
    ])
    #expect(edges(graph) == ["002 → 001", "003 → 002"])
  }

  @Test("a use that cannot name kind or arguments finds the object all the same")
  func looseNames() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, ObjectIdentity(.view, schema: "public", name: "v"))]),
      migration("002", [Effect(.creates, .function("public", "f", "text"))]),
      migration(
        "003",
        [
          Effect(.uses, .table("public", "v")),
          Effect(.uses, ObjectIdentity(.function, schema: "public", name: "f", signature: "unknown")),
        ]),
    ])
    #expect(edges(graph) == ["003 → 001", "003 → 002"])
  }

  @Test("a renamed table keeps its parts")
  func rename() {
    let event = ObjectIdentity.table("public", "event")
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry), Effect(.creates, Self.userID)]),
      migration("002", [Effect(.creates, event, renamedFrom: Self.telemetry)]),
      migration("003", [Effect(.uses, .column("public", "event", "user_id"))]),
      migration("004", [Effect(.uses, Self.telemetry)]),
    ])
    #expect(edges(graph) == ["002 → 001", "003 → 001", "003 → 002"])
  }

  @Test("what was dropped and made again belongs to its new maker")
  func dropped() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry), Effect(.creates, Self.userID)]),
      migration("002", [Effect(.drops, Self.telemetry)]),
      migration("003", [Effect(.creates, Self.telemetry)]),
      migration("004", [Effect(.uses, Self.telemetry), Effect(.uses, Self.userID)]),
    ])
    #expect(edges(graph) == ["002 → 001", "004 → 003"])
  }

  @Test("skipped and archived files make nothing")
  func skipped() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry)], place: .skipped),
      migration("002", [Effect(.uses, Self.telemetry)]),
    ])
    #expect(graph.migrations == ["002"])
    #expect(graph.requirements.isEmpty)
  }

  @Test("declared and inferred reasons share one edge")
  func merged() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry)]),
      migration("002", [Effect(.uses, Self.telemetry)], requires: ["001"]),
    ])
    #expect(graph.requirements.count == 1)
    #expect(graph.requirements.first?.reasons.count == 2)
    #expect(graph.requirements.first?.isDeclared == true)
  }

  @Test("the order follows requirements, otherwise the project")
  func order() {
    let graph = RequirementGraph([
      migration("001", requires: ["003"]), migration("002"), migration("003"),
      migration("004", requires: ["001"]),
    ])
    #expect(graph.order == ["002", "003", "001", "004"])
    #expect(graph.layers == [["002", "003"], ["001"], ["004"]])
    #expect(graph.cycles.isEmpty)
  }

  @Test("every cycle is found, and what stands beside it is still ordered")
  func cycles() {
    let graph = RequirementGraph([
      migration("001"), migration("002", requires: ["003"]), migration("003", requires: ["002", "001"]),
      migration("004", requires: ["003"]), migration("005", requires: ["006"]),
      migration("006", requires: ["005"]),
    ])
    #expect(graph.cycles == [["002", "003", "002"], ["005", "006", "005"]])
    #expect(graph.order.first == "001")
    #expect(Set(graph.order).count == 6)
  }

  @Test("a closure brings what is needed, and says why")
  func closure() {
    let graph = RequirementGraph([
      migration("001", [Effect(.creates, Self.telemetry)]),
      migration("070", [Effect(.creates, Self.userID)]),
      migration("071", [Effect(.uses, Self.userID)], requires: ["070"]),
      migration("072"),
    ])
    let members = graph.closure(of: ["071"], unless: { $0 == "001" })
    #expect(members.map(\.id) == ["070", "071"])
    #expect(members.map(\.isSelected) == [false, true])
    #expect(
      members.first?.explanation == "070 comes with it: it creates column public.telemetry.user_id")
    #expect(graph.closure(of: ["071"]).map(\.id) == ["001", "070", "071"])
    #expect(graph.everythingThatNeeds("001") == ["070", "071"])
  }

  @Test("a drawing of some leads through those that are left out")
  func subset() {
    let graph = RequirementGraph([
      migration("001"), migration("002", requires: ["001"]), migration("003", requires: ["002", "001"]),
    ])
    #expect(graph.reducedEdges(among: ["001", "003"]) == [ReducedEdge(from: "003", to: "001")])
  }
}
