import Schema
import Testing

@testable import Script

@Suite("Possible effects by the names that they may be about")
struct PossibleEffectIndexTests {
  private static let unknown = [
    "\(PossibleEffect.unknownName)", "\(PossibleEffect.unknownText)", "a\(PossibleEffect.unknownName)",
    "\(PossibleEffect.unknownName)b", "a\(PossibleEffect.unknownName)b\(PossibleEffect.unknownText)",
    "é\(PossibleEffect.unknownName)é",
  ]
  private static let known = ["a", "b", "ab", "aab", "abb", "é", "éé", "CURRENT_USER"]

  private static func identities(_ texts: [String]) -> [ObjectIdentity] {
    let kinds: [ObjectKind] = [.table, .view, .policy, .function, .aggregate, .role, .defaultPrivilege]
    return kinds.flatMap { kind -> [ObjectIdentity] in
      texts.flatMap { name -> [ObjectIdentity] in
        switch kind {
        case .role: [ObjectIdentity(kind, name: name)]
        case .policy, .defaultPrivilege:
          texts.map { ObjectIdentity(kind, schema: "a", parent: $0, name: name) }
        case .function:
          [nil, "integer"].map { ObjectIdentity(kind, schema: "a", name: name, signature: $0) }
        default: ["a", "b"].map { ObjectIdentity(kind, schema: $0, name: name) }
        }
      }
    }
  }

  @Test("are those that each would answer for by itself")
  func sameAnswers() {
    let objects = Self.identities(Self.known)
    let patterns = Self.identities(Self.known + Self.unknown)
    var index = ObjectNameIndex()
    for object in objects { index.insert(object) }
    var found = 0
    for (number, pattern) in patterns.enumerated() {
      let possible = PossibleEffect(Effect(.drops, pattern))
      let concerned = objects.filter { possible.mayConcern($0) }.sorted()
      #expect(index.objects(concernedBy: possible) == concerned)
      found += concerned.count
      var effects = PossibleEffectIndex()
      effects.insert(possible, number: number)
      for object in objects where effects.concerns(object) != concerned.contains(object) {
        Issue.record("\(pattern) and \(object)")
      }
    }
    #expect(found > patterns.count)
  }

  @Test("are numbered by the first of them")
  func numbers() {
    var index = PossibleEffectIndex()
    let table = ObjectIdentity.table("a", "a\(PossibleEffect.unknownName)")
    index.insert(PossibleEffect(Effect(.creates, table)), number: 7)
    index.insert(PossibleEffect(Effect(.creates, .table("a", "ab"))), number: 3)
    index.insert(PossibleEffect(Effect(.creates, table)), number: 2)
    #expect(index.firstNumber(concerning: .table("a", "ab")) == 3)
    #expect(index.firstNumber(concerning: ObjectIdentity(.view, schema: "a", name: "ac")) == 7)
    #expect(index.firstNumber(concerning: .table("b", "ab")) == nil)
  }

  @Test(
    "fill the parts of names that are not known with anything",
    arguments: [
      ("a?", "a", true), ("a?", "abc", true), ("?c", "abc", true), ("?b?", "abc", true), ("??", "a", true),
      ("a?a", "a", false), ("a?b?c", "abbc", true), ("a?b?c", "acb", false), ("a", "ab", false),
      ("?é", "xé", true),
    ])
  func patterns(_ pattern: String, _ name: String, _ matches: Bool) {
    let marked = String(pattern.map { $0 == "?" ? PossibleEffect.unknownName : $0 })
    let possible = PossibleEffect(Effect(.drops, .table("s", marked)))
    #expect(possible.mayConcern(.table("s", name)) == matches)
  }
}
