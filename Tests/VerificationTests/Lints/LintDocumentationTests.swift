import Migrations
import Testing
import Verification

@Suite("The documentation of lints")
struct LintDocumentationTests {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  /// One documented lint, with its example and the better one.
  struct Section: CustomTestStringConvertible, Sendable {
    var code: String
    var examples: [[String]]
    var testDescription: String { code }
  }

  private static func text(_ path: String) throws -> String {
    String(decoding: try FileSystem.local.read("\(root)/\(path)"), as: UTF8.self)
  }

  static let sections: [Section] = {
    var sections: [Section] = []
    var file: [String]?
    for line in ((try? text("docs/lints.md")) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
    {
      if line.hasPrefix("### `") {
        sections.append(Section(code: String(line.dropFirst(5).dropLast()), examples: []))
      } else if line == "```sql", !sections.isEmpty {
        file = []
        sections[sections.count - 1].examples.append([])
      } else if line == "```" {
        file = nil
      } else if file != nil {
        let last = (sections.count - 1, sections[sections.count - 1].examples.count - 1)
        if line.hasPrefix("-- 0"), line.hasSuffix(".sql") {
          sections[last.0].examples[last.1].append("")
        } else {
          let number = sections[last.0].examples[last.1].count - 1
          sections[last.0].examples[last.1][number] += line + "\n"
        }
      }
    }
    return sections
  }()

  @Test("every lint is documented, and every documented lint exists")
  func complete() {
    #expect(Self.sections.map(\.code).sorted() == Linter.codes.map(\.rawValue))
  }

  @Test("the first example of each lint has the finding, the second has not", arguments: sections)
  func examples(_ section: Section) throws {
    try #require(section.examples.count == 2)
    let found = section.examples.map { files in
      Linter(options: LintOptions(requiresIdempotence: true)).findings(
        in: lintProject(files, platform: .supabase)
      ).contains { $0.code == section.code }
    }
    #expect(found == [true, false])
  }
}
