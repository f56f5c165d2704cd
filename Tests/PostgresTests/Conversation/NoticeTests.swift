import Postgres
import Synchronization
import Testing

@Suite("Notices")
struct NoticeTests {
  private static let raise = """
    DO $$ BEGIN
      RAISE WARNING 'first' USING HINT = 'a hint', DETAIL = 'a detail', ERRCODE = 'SB002', TABLE = 't';
      RAISE NOTICE 'second';
    END $$
    """

  @Test("come with their statement's result, with every field")
  func withResult() async throws {
    try await withConnection { connection, _ async throws in
      let notices = try await connection.query(Self.raise).notices
      #expect(notices.map(\.message) == ["first", "second"])
      let first = try #require(notices.first)
      #expect(first.severity == "WARNING")
      #expect(first.sqlState == "SB002")
      #expect(first.hint == "a hint")
      #expect(first.detail == "a detail")
      #expect(first.table == "t")
      #expect(first.context?.contains("RAISE") == true)
      #expect(try await connection.query("SELECT 1").notices.isEmpty)
    }
  }

  @Test("belong to their own request of a pipeline")
  func inPipeline() async throws {
    try await withConnection { connection, _ async throws in
      let outcomes = try await connection.pipeline([
        PipelineRequest("SELECT 1"), PipelineRequest(Self.raise), PipelineRequest("SELECT 2"),
      ])
      #expect(try outcomes.map { try $0.get().notices.count } == [0, 2, 0])
    }
  }

  @Test("are heard before the statement that raised them returns, also when it fails")
  func handler() async throws {
    let heard = Mutex<[String]>([])
    try await withConnection { notice in
      heard.withLock { $0.append(notice.message) }
    } _: { connection, _ in
      _ = try await failure {
        try await connection.execute("DO $$ BEGIN RAISE NOTICE 'before'; RAISE EXCEPTION 'then'; END $$")
      }
      #expect(heard.withLock { $0 } == ["before"])
    }
  }

  @Test("reach everyone who listens, until the connection is closed")
  func streams() async throws {
    try await withConnection { connection, _ async throws in
      let (one, other) = (connection.notices, connection.notices)
      try await connection.query(Self.raise)
      await connection.close()
      #expect(await one.reduce(into: []) { $0.append($1.message) } == ["first", "second"])
      #expect(await other.reduce(into: []) { $0.append($1.message) } == ["first", "second"])
    }
  }
}
