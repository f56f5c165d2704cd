import Testing

@testable import Verification

@Suite("Wrong policies")
struct WrongPolicyTests {
  private static let cases =
    WrongPolicy.conditions + WrongPolicy.commands + WrongPolicy.subqueries + WrongPolicy.relations
    + WrongPolicy.rights

  @Test("each wrong one is told apart by its signs, and its right twin has none", arguments: cases)
  func twins(policy: WrongPolicy) async throws {
    let wrong = try await policy.findings(of: policy.wrong)
    for sign in policy.signs {
      let isShown = wrong.shows(sign)
      #expect(isShown, "wrong, without \(sign):\n\(wrong.summary)")
    }
    let right = try await policy.findings(of: policy.right)
    for sign in policy.signs {
      let isShown = right.shows(sign)
      #expect(!isShown, "right, with \(sign):\n\(right.summary)")
    }
    let isSilent = right.advice.allSatisfy { $0.level == .notice }
    #expect(isSilent, "the right one is not silent:\n\(right.summary)")
  }

  @Test("there are more than fifty of them")
  func count() {
    #expect(Self.cases.count > 50)
    #expect(Set(Self.cases.map(\.name)).count == Self.cases.count)
  }
}
