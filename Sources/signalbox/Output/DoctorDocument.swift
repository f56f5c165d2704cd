import Diagnosis
import JSON
import Migrations
import Schema

/// The answer of `signalbox doctor --json`.
struct DoctorDocument: Sendable {
  let facts: ConnectionFacts
  let findings: [ConnectionFinding]

  /// The document.
  var json: JSONValue {
    var connection: JSONValue = .null
    var outcome = "not-tried"
    switch facts.outcome {
    case .notTried: break
    case .failed: outcome = "failed"
    case .connected(let reading):
      outcome = "connected"
      connection = self.connection(reading)
    }
    func count(_ severity: ConnectionFinding.Severity) -> JSONValue {
      .integer(Int64(findings.count { $0.severity == severity }))
    }
    return [
      "outcome": .string(outcome),
      "summary": ["passed": count(.pass), "failed": count(.failure), "warnings": count(.warning)],
      "findings": .array(
        findings.map { finding in
          [
            "code": .string(finding.code.rawValue), "severity": .string(finding.severity.rawValue),
            "message": .string(finding.message), "advice": .optional(finding.advice),
          ]
        }),
      "settings": .array(
        facts.settings.map { setting in
          [
            "setting": .string(setting.keyword), "value": .string(setting.value),
            "source": .string(setting.origin.kind), "origin": .string(setting.origin.description),
          ]
        }),
      "environment_files": .array(
        facts.environmentFiles.map { file in
          [
            "path": .string(file.path), "tracked": file.isTracked.map { .boolean($0) } ?? .null,
            "secrets": .array(file.secretNames.map { .string($0) }), "error": .optional(file.error),
          ]
        }),
      "hosts": .array(facts.hosts.map(Self.host)),
      "connection": connection,
      "extensions": .array(extensions),
    ]
  }

  private static func host(_ host: HostFacts) -> JSONValue {
    var error: String?
    switch host.failure {
    case .unknown(let words), .noAnswer(let words): error = words
    case nil: break
    }
    return [
      "host": .string(host.host), "ipv4": .array(host.ipv4.map { .string($0) }),
      "ipv6": .array(host.ipv6.map { .string($0) }), "ipv4_route": .boolean(host.hasIPv4Route),
      "ipv6_route": .boolean(host.hasIPv6Route), "error": .optional(error),
    ]
  }

  private func connection(_ reading: ServerReading) -> JSONValue {
    let session = reading.session
    return [
      "host": .string(reading.host), "port": reading.port.map { .integer(Int64($0)) } ?? .null,
      "database": .string(session.database), "server_version": .string(session.version),
      "server_version_number": .integer(Int64(session.versionNumber)),
      "latency_ms": .number(reading.latencyMilliseconds), "pooling": .string(reading.pooling.rawValue),
      "encryption": .optional(session.encryption), "role": .string(session.role),
      "login": .string(session.login),
      "rights": .array(
        SessionFacts.Right.allCases.filter(session.rights.contains).map { .string($0.rawValue) }),
      "memberships": .array(session.memberships.map { .string($0) }),
      "platform": .string(reading.isSupabase ? "supabase" : "none"),
      "clock_difference_ms": .number(reading.clockDifference * 1_000),
      "standby": .boolean(session.isInRecovery), "read_only": .boolean(session.isReadOnly),
      "max_connections": .integer(Int64(session.maximumConnections)),
      "history": .boolean(session.hasHistory),
    ]
  }

  /// The extensions that are installed or that migrations install, by name.
  private var extensions: [JSONValue] {
    guard case .connected(let reading) = facts.outcome else { return [] }
    let needs = Dictionary(grouping: facts.project?.extensions ?? [], by: \.name)
    let installed = reading.extensions.filter { $0.value.installedVersion != nil }.map(\.key)
    return Set(installed + needs.keys).sorted().map { name in
      let files = reading.extensions[name]
      return [
        "name": .string(name), "available": .optional(files?.defaultVersion),
        "installed": .optional(files?.installedVersion), "schema": .optional(files?.schema),
        "needed_by": .array(
          (needs[name] ?? []).map { need in
            ["migration": .string(need.migration.rawValue), "location": .string(need.location.description)]
          }),
      ]
    }
  }

  /// A number with one digit behind the point.
  static func tenths(_ value: Double) -> String {
    let tenths = Int((abs(value) * 10).rounded())
    return "\(value < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
  }
}
