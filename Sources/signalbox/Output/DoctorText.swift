import Diagnosis
import Display
import Migrations
import Schema

/// `signalbox doctor` for people: the settings, the names, the server, what was found.
struct DoctorText {
  let facts: ConnectionFacts
  let findings: [ConnectionFinding]
  let style: TextStyle

  /// The lines of the report.
  var lines: [String] {
    var lines = settingLines + fileLines + hostLines
    if case .connected(let reading) = facts.outcome { lines += serverLines(reading) }
    lines += [style.bold("Findings")]
    for finding in findings {
      lines.append(
        "  \(mark(finding.severity)) \(harmless(finding.message)) \(style.muted(finding.code.rawValue))")
      if let advice = finding.advice { lines.append("    → \(harmless(advice))") }
    }
    let failures = findings.count { $0.severity == .failure }
    let warnings = findings.count { $0.severity == .warning }
    if failures + warnings == 0 { lines.append("  \(style.success("Nothing is in the way."))") }
    return lines
  }

  private var settingLines: [String] {
    guard !facts.settings.isEmpty else { return [] }
    let values = facts.settings.map { harmless($0.value) }
    let width = min(44, values.map { CharacterWidth.columns(of: $0) }.max() ?? 0)
    return [style.bold("Settings")]
      + facts.settings.map { setting in
        let keyword = Text(foreign: setting.keyword).padded(to: 10).string
        let value = Text(foreign: setting.value)
        let shown = CharacterWidth.columns(of: value.string) < width ? value.padded(to: width) : value
        return "  \(keyword) \(shown.string)  \(style.muted(harmless(setting.origin.description)))"
      } + [""]
  }

  private var fileLines: [String] {
    guard !facts.environmentFiles.isEmpty else { return [] }
    return [style.bold("Files of variables")]
      + facts.environmentFiles.map { file in
        let words =
          file.error.map { "cannot be read: \($0)" }
          ?? [true: "kept by git", false: "not kept by git"][file.isTracked] ?? "read"
        return "  \(harmless(file.path))  \(style.muted(harmless(words)))"
      } + [""]
  }

  private var hostLines: [String] {
    guard !facts.hosts.isEmpty else { return [] }
    return [style.bold("Network")]
      + facts.hosts.map { host in
        func list(_ addresses: [String], _ hasRoute: Bool) -> String {
          if addresses.isEmpty { return "none" }
          return addresses.joined(separator: ", ") + (hasRoute ? "" : " (no way there)")
        }
        let words: String
        switch host.failure {
        case .unknown(let message), .noAnswer(let message): words = "does not resolve: \(message)"
        case nil:
          words =
            "IPv4 \(list(host.ipv4, host.hasIPv4Route)); IPv6 \(list(host.ipv6, host.hasIPv6Route))"
        }
        return "  \(harmless(host.host))  \(harmless(words))"
      } + [""]
  }

  private func serverLines(_ reading: ServerReading) -> [String] {
    let session = reading.session
    let facts: [(String, String)] = [
      ("server", "PostgreSQL \(session.version)"),
      ("latency", "\(DoctorDocument.tenths(reading.latencyMilliseconds)) ms (median)"),
      ("way", way(reading)),
      (
        "role",
        session.role == session.login ? session.role : "\(session.role), logged in as \(session.login)"
      ),
      ("platform", reading.isSupabase ? "Supabase" : "plain PostgreSQL"),
      ("clock", "\(DoctorDocument.tenths(reading.clockDifference * 1_000)) ms ahead of this machine's"),
    ]
    return [style.bold("Server")]
      + facts.map { "  \(Text(foreign: $0.0).padded(to: 10).string) \(harmless($0.1))" } + [""]
  }

  private func way(_ reading: ServerReading) -> String {
    let pooling =
      switch reading.pooling {
      case .direct: "direct"
      case .session: "through a pooler in session mode"
      case .transaction: "through a pooler in transaction mode"
      case .unknown: "through a pooler"
      }
    let place = reading.port.map { "\(reading.host):\($0)" } ?? "socket in \(reading.host)"
    return "\(place), \(pooling), \(reading.session.encryption ?? "not encrypted")"
  }

  private func mark(_ severity: ConnectionFinding.Severity) -> String {
    switch severity {
    case .pass: style.success("✓")
    case .warning: style.warning("!")
    case .failure: style.failure("✗")
    }
  }
}
