import Console
import Display
import Migrations
import Schema
import Script
import Testing

@Suite("text from outside")
struct HostileTextTests {
  private static let evil = "evil\u{1B}[2J\u{202E}\r\n\u{7}\u{9B}31m"

  @Test("no name, notice, error or statement brings a control or a hidden character to the screen")
  func harmless() {
    let evil = Self.evil
    let id = MigrationID(evil)
    let statement = Statement(
      index: 0, text: evil, byteRange: 0..<4, position: SourcePosition(line: 1, column: 1), tag: evil,
      locks: [LockForecast(mode: .share, relation: .table(evil, evil))])
    let migration = Migration(
      id: id, version: "", name: evil, file: evil, script: ParsedScript(statements: [statement]),
      notes: MigrationNotes(purpose: evil, priority: evil, impact: evil, skipReason: evil))
    let project = Project(
      name: evil, root: evil, migrations: [migration],
      phases: [Phase(name: evil, purpose: evil, migrations: [id])])
    let graph = RequirementGraph(nodes: [id], requirements: [])
    var session = Session(options: ConsoleOptions(target: evil))
    session.post(.projectLoaded(project, graph))
    session.post(.connected(ServerSummary(address: evil, database: evil, version: evil)))
    let evidence = Evidence(items: [
      EvidenceItem(object: .table(evil, evil), action: .creates, verdict: .differs(evil))
    ])
    session.post(
      .statusesLoaded(
        [MigrationStatus(id: id, state: .pending, otherTools: [evil], evidence: evidence, note: evil)],
        findings: []))
    check(session)
    session.press(Key(.down), .character("*"), .character("a"))
    session.post(
      .planComputed(
        Plan(steps: [PlanStep(migration: migration, mode: .single, statements: [statement])]), request: 1))
    check(session)
    session.press(.character("y"))
    session.event(.migrationStarted(id, attempt: 1))
    let message = ServerMessage(
      severity: evil, code: evil, message: evil, detail: evil, hint: evil, context: evil, statementPosition: 6
    )
    session.event(.notice(id, statement: 0, message))
    session.event(.blocked(id, statement: 0, by: [SessionDescription(pid: 1, user: evil, query: evil)]))
    session.event(.statementFailed(id, statement: 0, message))
    session.event(.paused(id, statement: 0, .failure(message)))
    check(session)
    session.post(.runEnded(Trouble(evil, advice: evil)))
    check(session)
    session.press(Key(.escape), .character("L"))
    check(session)
  }

  private func check(_ session: Session) {
    for row in 0..<session.state.size.rows {
      for cell in session.frame.row(row) {
        for scalar in cell.text.unicodeScalars {
          let category = scalar.properties.generalCategory
          #expect(category != .control && category != .format)
        }
      }
    }
    #expect(session.screen.contains("evil␛[2J"))
  }
}
