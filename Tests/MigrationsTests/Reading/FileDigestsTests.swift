import Testing

@testable import Migrations

@Suite("What other tools compute of a file")
struct FileDigestsTests {
  private let digests = FileDigests(of: [0xEF, 0xBB, 0xBF] + Array("SELECT 1;\r\nSELECT 2;\n".utf8))

  @Test("Flyway: CRC-32 of the lines without their ends and the byte order mark")
  func flyway() { #expect(digests.crc32 == -1_665_099_012) }

  @Test("sqlx, Sqitch and Prisma: SHA of the bytes, Prisma's whatever the line ends")
  func sha() {
    #expect(
      digests.sha384
        == "0eeb4baac63733d3cbcd74dd267125265996d99a9869d7c2bea69405b5cb269888c7201b6de434306bcfcf9bcd2f26d2")
    #expect(digests.sha1 == "e40f56faa793f65ebf76c68f914a464be7680a28")
    #expect(
      digests.sha256.contains("82efb67f3010c6eb7ead02e4f6d9550633dbc1407f99aa487468e7b2567aebbc"))
  }

  @Test("Atlas: SHA-256 over the names and bytes of all files so far")
  func atlas() throws {
    let project = try readProject(["001_a.sql": "SELECT 1;", "002_b.sql": "SELECT 2;"])
    #expect(
      CumulativeDigests.of(project.migrations) == [
        "001_a": "xZSoRzYkYQwVaf/fXc3ZM65tLRnMJf67sOKqomKXMZc=",
        "002_b": "NH+j98XdjS+SF1I3ifSmssy8+E/ztn2vzEEyrjB8kqw=",
      ])
  }
}
