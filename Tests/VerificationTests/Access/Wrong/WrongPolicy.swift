import Catalog
import Postgres
import Schema
import TestServer
import Testing

@testable import Verification

/// A mistake about access next to how it is done right, and by what the mistake is told apart.
struct WrongPolicy: Sendable, CustomTestStringConvertible {
  /// By what a mistake is seen.
  enum Sign: Sendable {
    /// The advisor's finding.
    case finding(AccessFindingCode)
    /// A cell of the matrix, of a relation in `public`.
    case cell(String, AccessCommand, AccessValue, of: String = "t")
    /// What the probe finds.
    case probe(String, AccessCommand, ProbeReport.Verdict, of: String = "t")
  }

  var name: String
  /// What both have in common, beside the table `t` with row security.
  var setup = ""
  var wrong: String
  var right: String
  var signs: [Sign]
  /// A role that a case makes of its own; `ROLE` in its SQL.
  var makesRole = ""

  var testDescription: String { name }

  init(
    _ name: String, setup: String = "", wrong: String, right: String, makesRole: String = "", _ signs: Sign...
  ) {
    self.name = name
    self.setup = setup
    self.wrong = wrong
    self.right = right
    self.makesRole = makesRole
    self.signs = signs
  }

  /// A table of users' rows, guarded, without a policy.
  static let table = """
    CREATE TABLE t (id int PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users (id), note text,
      is_public boolean NOT NULL DEFAULT false);
    CREATE INDEX ON t (user_id);
    ALTER TABLE t ENABLE ROW LEVEL SECURITY;
    """
  /// The condition under which rows are users' own.
  static let own = "(SELECT auth.uid()) = user_id"
  /// The policy that is right for it.
  static let ownPolicy = "CREATE POLICY p ON t TO authenticated USING (\(own))"
  /// Organisations, who is in which, and a table of theirs.
  static let organisations = """
    CREATE TABLE orgs (id uuid PRIMARY KEY);
    ALTER TABLE orgs ENABLE ROW LEVEL SECURITY;
    CREATE TABLE members (org_id uuid NOT NULL REFERENCES orgs (id), user_id uuid NOT NULL REFERENCES auth.users (id),
      role text NOT NULL DEFAULT 'member', PRIMARY KEY (org_id, user_id));
    CREATE INDEX ON members (user_id);
    ALTER TABLE members ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON members FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
    CREATE TABLE documents (id uuid PRIMARY KEY, org_id uuid NOT NULL REFERENCES orgs (id), body text);
    CREATE INDEX ON documents (org_id);
    ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
    """

  /// What is found of one of both.
  struct Findings: Sendable {
    var advice: [AccessFinding]
    var matrix: AccessMatrix
    var report: ProbeReport?
    var role: String

    func shows(_ sign: Sign) -> Bool {
      switch sign {
      case .finding(let code): return advice.contains { $0.code == code }
      case .cell(let role, let command, let value, let name):
        guard let relation = matrix.relations.first(where: { $0.name == name }) else { return false }
        return matrix.cell(relation, command, role: role == "ROLE" ? self.role : role).value == value
      case .probe(let role, let command, let verdict, let name):
        return report?.entries.contains {
          $0.table.name == name && $0.role == role && $0.command == command && $0.verdict == verdict
        } ?? false
      }
    }

    var summary: String {
      let advice = advice.map { "\($0.level.rawValue) \($0.code.rawValue): \($0.message)" }
      let entries = (report?.entries ?? []).map {
        "\($0.table.name) \($0.role) \($0.command.rawValue): \($0.verdict.rawValue), \($0.detail)"
      }
      let cells = matrix.relations.flatMap { relation in
        ["anon", "authenticated"].map { "\(relation.name) \($0): \(matrix.row(relation.name, $0))" }
      }
      return (advice + entries + cells).joined(separator: "\n")
    }
  }

  /// Makes one of both in a database of its own and looks at it in all three ways.
  func findings(of sql: String) async throws -> Findings {
    let role = TestServer.uniqueName("wrong")
    let text = [makesRole, Self.table, setup, sql].joined(separator: ";\n").replacing("ROLE_", with: role)
    let isProbed = signs.contains { if case .probe = $0 { true } else { false } }
    return try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(text)
      let reader = CatalogReader(connection)
      let matrix = AccessMatrix(try await reader.snapshot(.supabase))
      let advice = AccessAdvisor(matrix, facts: try await reader.advisorFacts()).findings
      let report = isProbed ? try await probe(matrix, connection).report : nil
      for name in [role, role + "other"] where text.contains("CREATE ROLE \(name)") {
        let statements = "REASSIGN OWNED BY \(name) TO CURRENT_USER; DROP OWNED BY \(name); DROP ROLE \(name)"
        if matrix.snapshot.access.roles[name] != nil { try await connection.execute(statements) }
      }
      await connection.close()
      return Findings(advice: advice, matrix: matrix, report: report, role: role)
    }
  }
}
