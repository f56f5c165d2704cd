import Script
import Testing

@Suite("Settings of the session that a statement changes")
struct SessionSettingTests {
  private static let trials: [(statement: String, settings: [SessionSetting])] = [
    ("SET default_tablespace = fast", [SessionSetting(name: "default_tablespace", value: .text("fast"))]),
    ("SET default_tablespace TO ''", [SessionSetting(name: "default_tablespace", value: .text(""))]),
    ("SET LOCAL ROLE \"Maker\"", [SessionSetting(name: "role", value: .text("Maker"))]),
    ("SET search_path = app, public", [SessionSetting(name: "search_path", value: .text("app, public"))]),
    ("RESET DateStyle", [SessionSetting(name: "datestyle", value: .initial)]),
    ("SET lock_timeout TO DEFAULT", [SessionSetting(name: "lock_timeout", value: .initial)]),
    ("RESET ALL", [SessionSetting(name: "all", value: .initial)]),
    ("SELECT set_config('Role', 'maker', false)", [SessionSetting(name: "role", value: .text("maker"))]),
    ("SELECT set_config('role', current_user, false)", [SessionSetting(name: "role", value: .unknown)]),
    (
      "DO $$ BEGIN IF random() > 0.5 THEN SET ROLE maker; END IF; END $$",
      [SessionSetting(name: "role", value: .unknown)]
    ),
    ("SELECT 1", []), ("ALTER ROLE maker SET role = 'other'", []),
  ]

  @Test("are told with their values as far as the file shows them", arguments: trials)
  func settings(statement: String, expected: [SessionSetting]) {
    #expect(ScriptParser.parse(statement + ";").statements.flatMap(\.settings) == expected)
  }
}
