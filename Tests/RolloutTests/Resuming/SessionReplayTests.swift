import Schema
import Script
import Testing

@testable import Rollout

@Suite("Going on in a new session")
struct SessionReplayTests {
  private func replay(_ text: String, done: Int) -> SessionReplay {
    SessionReplay(ScriptParser.parse(text).statements, done: done)
  }

  @Test("repeats what the statements before have set, and nothing else")
  func settings() {
    let text = """
      SET search_path = app; CREATE TABLE t (x int); SELECT set_config('work_mem', '8MB', false);
      INSERT INTO t VALUES (1); SET ROLE app; VACUUM t;
      """
    #expect(replay(text, done: 5).statements == [0, 2, 4])
    #expect(replay(text, done: 1).statements == [0])
    #expect(replay(text, done: 0).statements == [])
  }

  @Test("repeats a setting of the file's own transaction only if it was committed")
  func transactions() {
    let text = "BEGIN; SET work_mem = '8MB'; COMMIT; BEGIN; SET work_mem = '9MB'; ROLLBACK; VACUUM t;"
    #expect(replay(text, done: 6).statements == [1])
  }

  @Test("is refused where the rest needs a temporary object of the session before")
  func temporary() {
    let text = "CREATE TEMP TABLE scratch (x int); VACUUM; INSERT INTO kept SELECT x FROM scratch;"
    #expect(replay(text, done: 2).lostObject == "scratch")
    #expect(replay(text, done: 3).lostObject == nil)
  }
}
