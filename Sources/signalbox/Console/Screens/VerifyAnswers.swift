import Console
import Migrations
import Report
import Verification

extension TargetSession {
  /// Answers the Verify screen.
  func answer(_ request: VerifyRequest, about project: LoadedProject) async throws -> VerifyAnswer {
    switch request {
    case .check(let migration):
      let assessment = try await assess(project)
      let findings = try await findings(of: assessment, selection: migration.map { [$0] })
      return .checked(findings, catalog: assessment.snapshot)
    }
  }
}
