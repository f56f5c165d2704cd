import Glibc
import Testing

@testable import Diagnosis

@Suite("docs/doctor.md")
struct DoctorDocumentationTests {
  @Test("has every code, and no other")
  func codes() throws {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(
      separator: "/")
    let file = try #require(fopen("\(root)/docs/doctor.md", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 100_000)
    let count = fread(&bytes, 1, bytes.count, file)
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    let documented = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap {
      $0.split(separator: "`").dropFirst().first.map(String.init)
    }
    #expect(documented == ConnectionFindingCode.allCases.map(\.rawValue))
  }
}
