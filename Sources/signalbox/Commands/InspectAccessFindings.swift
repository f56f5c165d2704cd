import Catalog
import JSON
import Migrations
import Report
import Rollout
import Schema
import Verification

/// `signalbox inspect access --findings` and `--write-fix`.
extension InspectAccessCommand {
  func showFindings(
    about object: ObjectIdentity?, _ matrix: AccessMatrix, _ loaded: LoadedProject, _ session: TargetSession
  ) async throws -> ExitStatus {
    let advisor = AccessAdvisor(
      matrix, facts: try await CatalogReader(session.connection).advisorFacts())
    let all = advisor.findings.filter { finding in
      object.map { finding.object == $0 || finding.object.table?.qualifiedName == $0.qualifiedName } ?? true
    }
    let found = ProjectFindings(all, options: loaded.project.findings)
    if let name = writeFix {
      try writeFixes(of: found.findings, to: name, loaded.project)
    } else if output.json {
      Output.standard(
        AccessFindingsDocument(
          database: matrix.snapshot.database, exposedSchemas: advisor.exposedSchemas, findings: found
        ).json.indentedText)
    } else {
      let text = AccessFindingsText(
        findings: found, exposedSchemas: advisor.exposedSchemas, showsNotices: self.all,
        width: OutputWidth.columns,
        style: TextStyle(output.color))
      for line in text.lines { Output.standard(line) }
    }
    return found.findings.contains { $0.level == .failure } ? .failed : .done
  }

  private func writeFixes(of findings: [AccessFinding], to name: String, _ project: Project) throws {
    let chosen = findings.filter { self.all || $0.level > .notice }
    let script = FixScript(chosen)
    guard !chosen.isEmpty else {
      Output.standard("Nothing to settle, so nothing is written.")
      return
    }
    let path: String
    if name.contains("/") || name.hasSuffix(".sql") {
      path = name
      try OutputFile.create(script.text, at: path)
    } else {
      let request = NewMigrationPlanner.Request(
        name: name, time: Clock.now(), author: OperatorIdentity.current().user)
      var made = try NewMigrationPlanner(project).plan(request)
      made.files[0].text = script.text(in: made.files[0].text)
      path = try NewFiles(root: self.project.path).write(made)[0]
    }
    Output.standard("\(path): \(script.settledCount) settled, \(script.openCount) to decide")
  }
}
