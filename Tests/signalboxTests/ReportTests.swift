import Glibc
import Testing

@Suite("signalbox report")
struct ReportTests {
  @Test("Helix: the document of its specification, from the live database")
  func helix() async throws {
    try await HelixDatabase.with { helix in
      let report = try await Program.run(
        "report", "--project", HelixDatabase.project, "--database", helix.address,
        environment: ["SOURCE_DATE_EPOCH": "1770336000"])
      #expect(report.status == 0)
      let golden = HelixDatabase.repository + "/Tests/signalboxTests/Golden/report-helix.md"
      let actual = Self.stable(report.output)
      if getenv("SIGNALBOX_RECORD_GOLDEN") != nil {
        let file = try #require(fopen(golden, "w"))
        #expect(fputs(actual, file) >= 0)
        #expect(fclose(file) == 0)
        return
      }
      let expected = try String(contentsOfFile: golden)
      if actual != expected {
        let lines = zip(actual.split(separator: "\n"), expected.split(separator: "\n"))
        let first = lines.first { $0 != $1 }
        Issue.record(
          "the report is not \(golden); first: \(first.map { "\($0)" } ?? "one is longer")")
      }
    }
  }

  @Test("HTML and JSON, written to files by their endings")
  func files() async throws {
    try await HelixDatabase.with { helix in
      let directory = TemporaryProject()
      let page = try await helix.run("report", "--output", "\(directory.path)/report.html")
      #expect(page.status == 0)
      #expect(page.output.isEmpty)
      let html = try String(contentsOfFile: "\(directory.path)/report.html")
      #expect(html.hasPrefix("<!DOCTYPE html>"))
      #expect(html.contains("<code>070_user_equals_instance</code>"))
      #expect(!html.contains("<script"))
      let json = try await helix.run("report", "--json", "--exit-code")
      #expect(json.status == 1)
      #expect(json.output.contains(#""standing": "pending""#))
      let refused = try await helix.run("report", "--output", "\(directory.path)/no/such/report.md")
      #expect(refused.status == 2)
      #expect(refused.errors.contains("cannot be written: No such file or directory"))
      #expect(try await helix.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
    }
  }

  @Test("after the pending five: ready, with the run and every component working")
  func afterwards() async throws {
    try await HelixDatabase.with { helix in
      #expect(try await helix.run("adopt", "--yes").status == 0)
      #expect(try await helix.run("apply", "--yes").status == 0)
      let report = try await helix.run("report", "--exit-code")
      #expect(report.status == 0)
      #expect(report.output.contains("✅ **READY**"))
      #expect(report.output.contains("- **70 applied**"))
      #expect(report.output.contains("| Data Safety (RLS) | ⚠️ partial | ⚠️ partial | ✅ full | ✅ full |"))
      #expect(report.output.contains("- [x] Every applied migration is in the history"))
      #expect(report.output.contains("`20260206_rls_policies` applied, "))
    }
  }

  @Test("a project without signalbox.toml has a report, too")
  func withoutProjectFile() async throws {
    try await HelixDatabase.with { helix in
      let directory = TemporaryProject([
        "001_a|b.sql": "-- Makes <a>.\nCREATE TABLE public.\"a|b\" (id integer);"
      ])
      let report = try await Program.run(
        "report", "--project", directory.path, "--database", helix.address)
      #expect(report.status == 0)
      #expect(report.output.contains("| `001_a\\|b` | Migrations |"))
    }
  }

  /// The report without what differs from server to server.
  private static func stable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasPrefix("- **Database:**") { return "- **Database:** …" }
      for name in ["Database", "Host", "PostgreSQL", "Role"] where line.hasPrefix("| **\(name)** |") {
        return "| **\(name)** | … |"
      }
      // Since version 18 NOT NULL is a constraint that is listed.
      if line.hasPrefix("| constraints |") { return "| constraints | …" }
      if line.hasPrefix("- [x] Connected to ") { return "- [x] Connected to …" }
      return counted(line)
    }
    .joined(separator: "\n")
  }

  /// How many checks there are is another test's matter: what the sample expects and the files prove grows.
  private static func counted(_ line: Substring) -> String {
    guard
      line.contains("of ") || line.contains("passed") || line.contains("check") || line.contains("compared")
    else {
      return String(line)
    }
    guard
      line.hasPrefix("- [") || line.hasPrefix("- **") || line.hasPrefix("| ") || line.hasPrefix("✅")
        || line.hasPrefix("Verification:")
    else { return String(line) }
    var words: [String] = []
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      let digits = word.drop { $0 == "(" }
      words.append(!digits.isEmpty && digits.prefix { $0 != "," }.allSatisfy(\.isNumber) ? "#" : String(word))
    }
    return words.joined(separator: " ")
  }
}
